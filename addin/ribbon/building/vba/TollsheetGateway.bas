Attribute VB_Name = "TollsheetGateway"
Option Explicit
Option Private Module
' The one way from a cell to Python and back.
'
' Arguments leave as values (dates as serials), ranges as arrays. Results come back as numbers, texts, truth
' values, dates, or arrays of them. A Long is an error: the number that COM uses for it. No other result is one.
'
' Results of single cells are remembered (TollsheetMemory), and where a formula is filled down, the rows ahead
' are asked with it (TollsheetAhead). The connection is kept: asking for it reads the configuration.

Private Const UDF_MODULE As String = "{udf_module}"
Private Const PAUSE_SECONDS As Double = 15
Private Const ERROR_MISSING As Long = 448
Private Const ERROR_VALUE As Long = 2015
Private Const ERROR_NAME As Long = 2029
Private Const ERROR_NUMBER As Long = 2036

Private Python As Object
Private HasFailed As Boolean
Private FailedAt As Double

Public Function TollsheetResult(functionName As String, arguments As Variant, hasDates As Boolean, _
        table As Long) As Variant
    ' What the cell shows. #NAME? is for Python out of reach, #NUM! for dates in the 1904 date system. `table`
    ' is the place of the argument that is a range as a whole, -1 if there is none.
    Dim values() As Variant, known As Variant, place As Long, key As String, answer As Variant
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
    known = WithTable(values, table)
    key = TollsheetKey(functionName, known)
    If key <> "" Then
        If TollsheetRecall(key, known, answer) Then
            TollsheetResult = answer
            Exit Function
        End If
        TollsheetMakeRoom
        If AskAhead(functionName, arguments, values, known, table, answer) Then
            TollsheetResult = answer
            Exit Function
        End If
    End If
    If Not Ask(functionName, values, answer) Then
        TollsheetResult = CVErr(ERROR_NAME)
        Exit Function
    End If
    answer = WithErrors(answer)
    TollsheetRemember key, known, answer
    TollsheetResult = answer
    Exit Function
unusable:
    TollsheetResult = CVErr(ERROR_VALUE)
End Function

Private Function WithTable(values As Variant, table As Long) As Variant
    ' The values by which a result is remembered: in the place of a range as a whole its number.
    Dim place As Long, known() As Variant, number As Long
    ReDim known(LBound(values) To UBound(values))
    For place = LBound(values) To UBound(values)
        If place = table And IsArray(values(place)) Then number = TollsheetTable(values(place))
        If place = table And number > 0 Then known(place) = number Else known(place) = values(place)
    Next place
    WithTable = known
End Function

Private Function AskAhead(functionName As String, arguments As Variant, values As Variant, known As Variant, _
        table As Long, answer As Variant) As Boolean
    ' Asks for the rows ahead with this one, if that is promising, and remembers what each is answered.
    Dim columns As Variant, ahead As Long, answers As Variant, asked As Variant
    Dim row As Long, own As Long
    ahead = TollsheetLookAhead(functionName, arguments, values, table, columns)
    If ahead = 0 Then Exit Function
    If Not Ask(functionName, columns, answers) Then Exit Function
    If Not IsArray(answers) Then Exit Function
    If DimensionsOf(answers) <> 2 Then Exit Function
    If UBound(answers, 1) - LBound(answers, 1) <> Abs(ahead) Then Exit Function
    answers = WithErrors(answers)
    For row = 0 To Abs(ahead)
        asked = RowOf(columns, known, table, row)
        TollsheetRemember TollsheetKey(functionName, asked), asked, _
            answers(LBound(answers, 1) + row, LBound(answers, 2))
    Next row
    If ahead < 0 Then own = UBound(answers, 1) Else own = LBound(answers, 1)
    answer = answers(own, LBound(answers, 2))
    AskAhead = True
End Function

Private Function RowOf(columns As Variant, known As Variant, table As Long, row As Long) As Variant
    ' The values of one row, as they are remembered.
    Dim place As Long, values() As Variant
    ReDim values(LBound(known) To UBound(known))
    For place = LBound(known) To UBound(known)
        values(place) = known(place)
        If place <> table And IsArray(columns(place)) Then values(place) = columns(place)(row + 1, 1)
    Next place
    RowOf = values
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
    TollsheetForgetAnswers
    HasFailed = False
End Sub

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

Private Function CountsFrom1904(ByVal cells As Object) As Boolean
    CountsFrom1904 = cells.Worksheet.Parent.Date1904
End Function
