Attribute VB_Name = "xlwings"
Option Explicit
' Stands in for xlwings' module: the server is the one of the tests.

Public Function XLPy() As Object
    Set XLPy = createUnoService("tollsheet.tests.Server")
End Function

Public Function CallThroughUno(moduleName As String, functionName As String, values As Variant) As Variant
    Dim place As Long, given() As Variant
    ReDim given(LBound(values) To UBound(values))
    For place = LBound(values) To UBound(values)
        given(place) = AsCom(values(place))
    Next place
    CallThroughUno = InRows(XLPy().CallUDF(moduleName, functionName, given))
End Function

Private Function AsCom(value As Variant) As Variant
    ' Errors become the integers that COM makes of them: UNO would make them blanks.
    Dim row As Long, column As Long, rows As Variant
    If IsArray(value) Then
        rows = value
        For row = LBound(rows, 1) To UBound(rows, 1)
            For column = LBound(rows, 2) To UBound(rows, 2)
                If IsError(rows(row, column)) Then rows(row, column) = CLng(rows(row, column)) - 2146828288
            Next column
        Next row
        AsCom = rows
    ElseIf IsError(value) Then
        If CLng(value) <> 0 Then AsCom = CLng(value) - 2146828288  ' LibreOffice takes some blanks for error 0
    Else
        AsCom = value
    End If
End Function

Private Function InRows(answer As Variant) As Variant
    ' A two-dimensional array, which UNO cannot hand over, out of its size and its elements.
    Dim rows() As Variant, row As Long, column As Long, width As Long
    InRows = answer
    If Not IsArray(answer) Then Exit Function
    If VarType(answer(0)) <> vbString Then Exit Function
    If answer(0) <> "rows follow" Then Exit Function
    width = answer(2)
    ReDim rows(0 To answer(1) - 1, 0 To width - 1)
    For row = 0 To answer(1) - 1
        For column = 0 To width - 1
            rows(row, column) = answer(3 + row * width + column)
        Next column
    Next row
    InRows = rows
End Function

Public Function WITH_ERROR(code As Variant) As Variant
    ' What Excel hands over for an error cell, which LibreOffice hands over as 0.
    WITH_ERROR = BILLED_MINUTES(CVErr(code))
End Function

Public Function WITH_ERRORS(code As Variant) As Variant
    ' The same inside a range.
    Dim cells(1 To 3, 1 To 1) As Variant
    cells(1, 1) = 80#
    cells(2, 1) = CVErr(code)
    cells(3, 1) = "busy"
    WITH_ERRORS = BILLED_MINUTES(cells)
End Function

Public Sub RecordedBox(text As String, Optional buttons As Variant, Optional title As Variant)
    ' Stands in for MsgBox, which waits for a person.
    XLPy().Say text
End Sub

Public Function REPEATED(one As Variant, other As Variant) As Variant
    ' Two calls, each twice, in one run: LibreOffice forgets what a module holds between the cells.
    REPEATED = BILLED_MINUTES(one) + BILLED_MINUTES(other) + BILLED_MINUTES(one) + BILLED_MINUTES(other)
End Function

Public Function IsOpenBookFrom1904() As Boolean
    ' Stands in for Workbook.Date1904, which LibreOffice's VBA does not have.
    IsOpenBookFrom1904 = (ThisComponent.NullDate.Year = 1904)
End Function
