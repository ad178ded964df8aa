Attribute VB_Name = "TollsheetMemory"
Option Explicit
Option Private Module
' What Python answered for single cells, found again by the arguments: the functions are pure.
'
' Each hit is compared in full before it is believed. A rate card among the arguments is known by a number,
' under which it was compared in full, cell by cell.

Private Const MOST_REMEMBERED As Long = 50000
Private Const ROOM_WANTED As Long = 2000
Private Const LONGEST_KEY As Long = 400
Private Const MOST_TABLES As Long = 8
Private Const MOST_CELLS As Long = 100000

Private Remembered As Collection
Private KnownValues() As Variant
Private KnownAnswers() As Variant
Private Tables(0 To MOST_TABLES - 1) As Variant
Private TableNumbers(0 To MOST_TABLES - 1) As Long
Private TablesSeen As Long
Private LastTable As Long

Public Function TollsheetKey(functionName As String, values As Variant) As String
    ' By kind and text of each value; empty where one is a range or a long text. Numbers have
    ' 15 digits in it.
    Dim place As Long, key As String
    key = functionName
    For place = LBound(values) To UBound(values)
        If IsArray(values(place)) Then Exit Function
        key = key & vbTab & VarType(values(place)) & ":" & CStr(values(place))
    Next place
    If Len(key) <= LONGEST_KEY Then TollsheetKey = key
End Function

Public Function TollsheetRecall(key As String, values As Variant, answer As Variant) As Boolean
    ' A remembered result of exactly these values.
    Dim known As Variant, found As Long, place As Long
    If Remembered Is Nothing Then Exit Function
    On Error GoTo unknown
    found = Remembered.Item(key)
    known = KnownValues(found)
    For place = LBound(values) To UBound(values)
        If Not IsSame(values(place), known(place)) Then Exit Function
    Next place
    answer = KnownAnswers(found)
    TollsheetRecall = True
unknown:
End Function

Public Sub TollsheetRemember(key As String, values As Variant, answer As Variant)
    ' Of two keys that look the same, the first stays.
    If key = "" Or IsArray(answer) Then Exit Sub
    On Error GoTo known
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

Public Sub TollsheetMakeRoom()
    ' Before a question, for it and for all rows that are read ahead: when nearly full, all is forgotten.
    If Remembered Is Nothing Then Exit Sub
    If Remembered.Count > MOST_REMEMBERED - ROOM_WANTED Then TollsheetForgetAnswers
End Sub

Public Sub TollsheetForgetAnswers()
    Set Remembered = Nothing
    TollsheetForgetTracks
End Sub

Public Function TollsheetTable(table As Variant) As Long
    ' The number of a range as a whole, the same for the same cells; 0 where it is too large to keep. No number
    ' is given twice.
    Dim turn As Long, place As Long
    On Error GoTo unknown
    If CDbl(UBound(table, 1)) * UBound(table, 2) > MOST_CELLS Then Exit Function
    For turn = 0 To MOST_TABLES - 1  ' the one of the last time first
        place = (LastTable + turn) Mod MOST_TABLES
        If IsSameTable(table, Tables(place)) Then Exit For
    Next turn
    If turn = MOST_TABLES Then
        TablesSeen = TablesSeen + 1
        place = TablesSeen Mod MOST_TABLES
        Tables(place) = table
        TableNumbers(place) = TablesSeen
    End If
    LastTable = place
    TollsheetTable = TableNumbers(place)
unknown:
End Function

Private Function IsSameTable(table As Variant, other As Variant) As Boolean
    ' Whether two ranges hold the same, cell by cell.
    Dim row As Long, column As Long
    If Not IsArray(other) Then Exit Function
    If UBound(table, 1) <> UBound(other, 1) Or UBound(table, 2) <> UBound(other, 2) Then Exit Function
    If LBound(table, 1) <> LBound(other, 1) Or LBound(table, 2) <> LBound(other, 2) Then Exit Function
    For column = LBound(table, 2) To UBound(table, 2)
        For row = LBound(table, 1) To UBound(table, 1)
            If Not IsSame(table(row, column), other(row, column)) Then Exit Function
        Next row
    Next column
    IsSameTable = True
End Function

Private Function IsSame(value As Variant, other As Variant) As Boolean
    ' Whether two cells hold the same: kind, every bit of a number, every letter of a text.
    If VarType(value) <> VarType(other) Then Exit Function
    Select Case VarType(value)
        Case vbString
            IsSame = (StrComp(value, other, vbBinaryCompare) = 0)
        Case vbError
            IsSame = (CStr(value) = CStr(other))
        Case vbEmpty, vbNull
            IsSame = True
        Case Else
            IsSame = (value = other)
    End Select
End Function
