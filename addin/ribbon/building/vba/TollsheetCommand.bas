Attribute VB_Name = "TollsheetCommand"
Option Explicit
Option Private Module
' What every button of the ribbon does: run one command in the running server, and say how it ended.

Private Const ENTRY_MODULE As String = "addin.ribbon.entry"
Private Const LOG_FILE As String = "{log_file}"

Private IsRunning As Boolean

Public Sub TollsheetRun(commandName As String, label As String)
    Dim python As Object, ended As String, problem As String
    If IsRunning Then
        Exit Sub  ' a second click while the first is at work
    End If
    If ActiveWorkbook Is Nothing Then
        MsgBox label & ": no workbook is open." & vbLf & vbLf & "Open or make a workbook, and click again.", _
            vbExclamation, "Tollsheet"
        Exit Sub
    End If
    IsRunning = True
    On Error GoTo failed
    Application.StatusBar = "Tollsheet: " & label & " ..."
    Set python = Connected()
    Application.DisplayAlerts = False  ' or Excel warns of a program it waits for after a minute and a half
    python.SetAttr python.Module("xlwings._xlwindows"), "BOOK_CALLER", ActiveWorkbook
    ' what came of it, the command has said itself
    ended = python.Str(python.Call(python.Module(ENTRY_MODULE), "run", python.Tuple("" & commandName)))
    Finish
    Exit Sub
failed:
    problem = Err.Description
    Finish
    MsgBox label & " did not work." & vbLf & vbLf & LastLine(problem) & vbLf & vbLf & _
        "If it happens again, send the log file to whoever looks after Tollsheet:" & vbLf & LogFile(), _
        vbExclamation, "Tollsheet"
End Sub

Private Sub Finish()
    Application.DisplayAlerts = True
    Application.StatusBar = False
    IsRunning = False
End Sub

Private Function Connected() As Object
    ' A server that answers: one that ended in the meantime is started anew.
    Dim answer As String
    On Error Resume Next
    answer = TollsheetPython().Str("here")
    If Err.Number <> 0 Then TollsheetForget
    On Error GoTo 0
    Set Connected = TollsheetPython()
End Function

Private Function LastLine(problem As String) As String
    ' The last line of a Python traceback without the name of its class; any other text as it is.
    Dim lines As Variant, place As Long, text As String, colon As Long
    lines = Split(Replace(problem, vbCr, ""), vbLf)
    For place = UBound(lines) To 0 Step -1
        text = Trim(lines(place))
        If Len(text) > 1 Then Exit For
    Next place
    colon = InStr(text, ": ")
    If colon > 1 Then
        If InStr(Left(text, colon - 1), " ") = 0 Then text = Mid(text, colon + 2)
    End If
    LastLine = text
End Function

Private Function LogFile() As String
    LogFile = Replace(LOG_FILE, "%LOCALAPPDATA%", Environ("LOCALAPPDATA"))
End Function
