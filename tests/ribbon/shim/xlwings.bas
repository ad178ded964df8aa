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

Public Function FILLED_DOWN(functionName As Variant, one As Variant, Optional other As Variant, _
        Optional third As Variant) As Variant
    ' A formula beside each cell of `one`, all in one run; so `other`, and a single cell of it stays.
    Dim row As Long, shown() As Variant
    ReDim shown(1 To one.Rows.Count, 1 To 1)
    For row = 1 To one.Rows.Count
        shown(row, 1) = AtRow(functionName, row, one, other, third)
    Next row
    FILLED_DOWN = shown
End Function

Public Function FILLED_UP(functionName As Variant, one As Variant, Optional other As Variant, _
        Optional third As Variant) As Variant
    ' The same, calculated from below.
    Dim row As Long, shown() As Variant
    ReDim shown(1 To one.Rows.Count, 1 To 1)
    For row = one.Rows.Count To 1 Step -1
        shown(row, 1) = AtRow(functionName, row, one, other, third)
    Next row
    FILLED_UP = shown
End Function

Private Function AtRow(functionName As Variant, row As Long, one As Variant, other As Variant, _
        third As Variant) As Variant
    Select Case functionName
        Case "BILLED_MINUTES"
            AtRow = BILLED_MINUTES(one.Cells(row, 1))
        Case "MONTH_ATTRIBUTE"
            AtRow = MONTH_ATTRIBUTE(one.Cells(row, 1))
        Case "IS_BILLED"
            AtRow = IS_BILLED(one.Cells(row, 1))
        Case "TO_UTC"
            AtRow = TO_UTC(one.Cells(row, 1), "+05:30")
        Case "CALL_COST"
            If other.Rows.Count = 1 Then
                AtRow = CALL_COST(one.Cells(row, 1), other)
            Else
                AtRow = CALL_COST(one.Cells(row, 1), other.Cells(row, 1))
            End If
        Case "CARD_COST"
            AtRow = CARD_COST(one.Cells(row, 1), other.Cells(row, 1), third)
    End Select
End Function

Public Sub OVERWRITE()
    ' A formula beside A1:A40, whose 25th cell a person overwrites after 20 were calculated.
    Dim column As Object, said As String, row As Long
    Set column = ThisWorkbook.Worksheets("Test").Range("A1:A40")
    For row = 1 To 40
        If row = 21 Then column.Cells(25, 1).Value = 6000
        said = said & " " & BILLED_MINUTES(column.Cells(row, 1))
    Next row
    XLPy().Say said
End Sub

Public Sub CHANGE_CARD()
    ' A formula with the rate card D1:E2 beside A1:A40; the rate changes after 20 were calculated, and back.
    Dim sheet As Object, said As String, row As Long
    Set sheet = ThisWorkbook.Worksheets("Test")
    For row = 1 To 40
        If row = 21 Then sheet.Range("E2").Value = 2
        If row = 31 Then sheet.Range("E2").Value = 1
        said = said & " " & CARD_COST(sheet.Cells(row, 1), "4420", sheet.Range("D1:E2"))
    Next row
    XLPy().Say said
End Sub

Public Sub CHANGE_CARD_OFTEN()
    ' One formula, asked with 12 rate cards in turn, twice; then with a card without a rate; then with
    ' another prefix.
    Dim sheet As Object, said As String, turn As Long
    Set sheet = ThisWorkbook.Worksheets("Test")
    For turn = 0 To 23
        sheet.Range("E2").Value = (turn Mod 12) + 1
        said = said & " " & CARD_COST(60, "4420", sheet.Range("D1:E2"))
    Next turn
    said = said & " " & CStr(CARD_COST(60, "4420", sheet.Range("F1:G2")))
    sheet.Range("D2").Value = "none"
    said = said & " " & CStr(CARD_COST(60, "4420", sheet.Range("D1:E2")))
    XLPy().Say said
End Sub

Public Sub MOVE_CARD()
    ' Every second row with a rate card of its own beside it: the reference to the card moves, too.
    Dim sheet As Object, said As String, row As Long
    Set sheet = ThisWorkbook.Worksheets("Test")
    For row = 1 To 39 Step 2
        said = said & " " & CStr(CARD_COST(sheet.Cells(row, 1), "4420", sheet.Range("D" & row & ":E" & (row + 1))))
    Next row
    XLPy().Say said
End Sub
