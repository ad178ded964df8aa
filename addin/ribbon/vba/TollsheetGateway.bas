Attribute VB_Name = "TollsheetGateway"
Option Explicit
Option Private Module
' The one way from a cell to Python and back.
'
' Arguments leave as values (dates as serials), ranges as arrays. Results come back as numbers, texts, truth
' values, dates, or arrays of them. A Long is an error: the number that COM uses for it. No other result is one.
'
' The functions are pure, so results of single cells are remembered and found again by their arguments; each
' hit is compared in full before it is believed. The connection is kept: asking for it reads the configuration.

Private Const UDF_MODULE As String = "{udf_module}"
Private Const MOST_REMEMBERED As Long = 50000
Private Const LONGEST_KEY As Long = 400
Private Const PAUSE_SECONDS As Double = 15
Private Const ERROR_MISSING As Long = 448
Private Const ERROR_VALUE As Long = 2015
Private Const ERROR_NAME As Long = 2029
Private Const ERROR_NUMBER As Long = 2036

Private Python As Object
Private Remembered As Collection
Private KnownValues() As Variant
Private KnownAnswers() As Variant
Private HasFailed As Boolean
Private FailedAt As Double
Private Failure As String

Public Function TollsheetResult(functionName As String, arguments As Variant, hasDates As Boolean) As Variant
    ' What the cell shows. #NAME? is for Python out of reach, #NUM! for dates in the 1904 date system.
    Dim values() As Variant, place As Long, key As String, answer As Variant
    On Error GoTo unusable
    If hasDates Then
        If IsFrom1904(arguments) Then
            TollsheetResult = CVErr(ERROR_NUMBER)
            Exit Function
        End If
    End If
    ReDim values(LBound(arguments) To UBound(arguments))
    For place = LBound(arguments) To UBound(arguments)
        If IsObject(arguments(place)) Then
            If arguments(place).Areas.Count > 1 Then GoTo unusable
            values(place) = arguments(place).Value2
        ElseIf IsMissing(arguments(place)) Then
            values(place) = BlankOrError(arguments(place))
        Else
            values(place) = arguments(place)
        End If
    Next place
    key = KeyOf(functionName, values)
    If key <> "" Then
        If Recall(key, values, answer) Then
            TollsheetResult = answer
            Exit Function
        End If
    End If
    If Not Ask(functionName, values, answer) Then
        TollsheetResult = CVErr(ERROR_NAME)
        Exit Function
    End If
    answer = WithErrors(answer)
    If key <> "" And Not IsArray(answer) Then Remember key, values, answer
    TollsheetResult = answer
    Exit Function
unusable:
    TollsheetResult = CVErr(ERROR_VALUE)
End Function

Private Function BlankOrError(argument As Variant) As Variant
    ' A missing argument is a blank. (LibreOffice takes an error for missing, too: its number tells.)
    Dim code As Long
    BlankOrError = Empty
    code = ERROR_MISSING
    On Error Resume Next
    code = CLng(argument)
    If code <> ERROR_MISSING And code <> 0 Then BlankOrError = CVErr(code)
End Function

Public Function TollsheetPython() As Object
    ' The running server, started where there is none.
    If Python Is Nothing Then Set Python = XLPy()
    Set TollsheetPython = Python
End Function

Public Sub TollsheetForget()
    ' Drops the connection, what it gave, and the pause after a failure: the next call begins anew.
    Set Python = Nothing
    Set Remembered = Nothing
    HasFailed = False
End Sub

Public Function TollsheetFailure() As String
    ' Why Python was out of reach the last time; empty if it never was.
    TollsheetFailure = Failure
End Function

Private Function Ask(functionName As String, values As Variant, answer As Variant) As Boolean
    ' Calls Python; a connection that broke is made anew once. After a failure there is a pause: a sheet of
    ' forty thousand formulas must not wait for as many starts.
    Dim attempt As Long
    If HasFailed Then
        If Abs(Timer - FailedAt) < PAUSE_SECONDS Then Exit Function
    End If
    On Error Resume Next
    For attempt = 1 To 2
        Err.Clear
        answer = TollsheetPython().CallUDF(UDF_MODULE, "" & functionName, values)
        If Err.Number = 0 Then
            HasFailed = False
            Ask = True
            Exit Function
        End If
        Failure = Err.Description
        Set Python = Nothing
    Next attempt
    HasFailed = True
    FailedAt = Timer
End Function

Private Function WithErrors(answer As Variant) As Variant
    ' The answer with its errors as errors of cells.
    Dim row As Long, column As Long, dimensions As Long
    If Not IsArray(answer) Then
        If VarType(answer) = vbLong Then
            WithErrors = CVErr(answer And &HFFFF&)
        Else
            WithErrors = answer
        End If
        Exit Function
    End If
    dimensions = DimensionsOf(answer)
    If dimensions = 1 Then
        For row = LBound(answer) To UBound(answer)
            If VarType(answer(row)) = vbLong Then answer(row) = CVErr(answer(row) And &HFFFF&)
        Next row
    Else
        For column = LBound(answer, 2) To UBound(answer, 2)
            For row = LBound(answer, 1) To UBound(answer, 1)
                If VarType(answer(row, column)) = vbLong Then
                    answer(row, column) = CVErr(answer(row, column) And &HFFFF&)
                End If
            Next row
        Next column
    End If
    WithErrors = answer
End Function

Private Function DimensionsOf(answer As Variant) As Long
    Dim last As Long
    DimensionsOf = 1
    On Error GoTo one
    last = UBound(answer, 2)
    DimensionsOf = 2
one:
End Function

Private Function KeyOf(functionName As String, values As Variant) As String
    ' By kind and text of each value; empty where one is a range or a long text. Numbers have
    ' 15 digits in it.
    Dim place As Long, key As String
    key = functionName
    For place = LBound(values) To UBound(values)
        If IsArray(values(place)) Then Exit Function
        key = key & vbTab & VarType(values(place)) & ":" & CStr(values(place))
    Next place
    If Len(key) <= LONGEST_KEY Then KeyOf = key
End Function

Private Function Recall(key As String, values As Variant, answer As Variant) As Boolean
    ' A remembered result of exactly these values.
    Dim known As Variant, found As Long, place As Long
    If Remembered Is Nothing Then Exit Function
    On Error GoTo unknown
    found = Remembered.Item(key)
    known = KnownValues(found)
    For place = LBound(values) To UBound(values)
        If VarType(values(place)) = vbDouble Then
            If values(place) <> known(place) Then Exit Function
        ElseIf VarType(values(place)) = vbString Then
            If StrComp(values(place), known(place), vbBinaryCompare) <> 0 Then Exit Function
        End If
    Next place
    answer = KnownAnswers(found)
    Recall = True
unknown:
End Function

Private Sub Remember(key As String, values As Variant, answer As Variant)
    ' When full, all is forgotten. Of two keys that look the same, the first stays.
    On Error GoTo known
    If Not Remembered Is Nothing Then
        If Remembered.Count >= MOST_REMEMBERED Then Set Remembered = Nothing
    End If
    If Remembered Is Nothing Then
        Set Remembered = New Collection
        ReDim KnownValues(1 To MOST_REMEMBERED)
        ReDim KnownAnswers(1 To MOST_REMEMBERED)
    End If
    Remembered.Add Remembered.Count + 1, key
    KnownValues(Remembered.Count) = values
    KnownAnswers(Remembered.Count) = answer
known:
End Sub

Private Function IsFrom1904(arguments As Variant) As Boolean
    ' Whether the calling cell's workbook counts days from 1904, or one that a range comes from.
    Dim place As Long
    If TypeName(Application.Caller) = "Range" Then IsFrom1904 = CountsFrom1904(Application.Caller)
    For place = LBound(arguments) To UBound(arguments)
        If IsObject(arguments(place)) Then
            If CountsFrom1904(arguments(place)) Then IsFrom1904 = True
        End If
    Next place
End Function

Private Function CountsFrom1904(cells As Object) As Boolean
    CountsFrom1904 = cells.Worksheet.Parent.Date1904
End Function
