Attribute VB_Name = "TollsheetAhead"
Option Explicit
Option Private Module
' Reads the rows ahead of a formula that is filled down or up, so that one call of Python answers many cells.
'
' What the formulas there will ask is a guess: the cells of the same columns, and the same constants. Answers
' are remembered by the values that were sent, so a wrong guess costs time and nothing else. Cells that
' hold formulas are not read: they may not be calculated yet.

Private Const FEWEST_ROWS As Long = 16
Private Const MOST_ROWS As Long = 1024
Private Const GROWTH As Long = 4
Private Const WIDEST_GAP As Long = 32
Private Const MOST_TRACKS As Long = 200

' A track is a function with its arguments, apart from the rows: where it was asked last, how many rows were
' read from there (upwards negative), and how many are worth reading the next time.
Private Tracks As Collection
Private LastRows(1 To MOST_TRACKS) As Variant
Private Reached(1 To MOST_TRACKS) As Long
Private Worth(1 To MOST_TRACKS) As Long

Public Function TollsheetLookAhead(functionName As String, arguments As Variant, values As Variant, _
        table As Long, columns As Variant) As Long
    ' How many rows further were read into `columns`, upwards negative; 0 where there is no reason to.
    ' `values` are single cells, except the range as a whole at the place `table`.
    Dim track As Long, ahead As Long, rows As Variant, isMoving As Variant
    On Error GoTo none
    rows = RowsOf(arguments, table)
    track = TrackOf(functionName, arguments, values, table)
    ahead = RowsWorth(track, rows, isMoving)
    Do While Abs(ahead) > 1
        If ReadColumns(arguments, values, isMoving, ahead, columns) Then Exit Do
        ahead = ahead \ GROWTH
    Loop
    If Abs(ahead) > 1 Then
        Reached(track) = ahead
        Worth(track) = Abs(ahead) * GROWTH
        TollsheetLookAhead = ahead
    End If
none:
End Function

Public Sub TollsheetForgetTracks()
    Set Tracks = Nothing
End Sub

Private Function RowsWorth(track As Long, rows As Variant, isMoving As Variant) As Long
    ' How many rows to read from here, by where the same was asked the last time: in step, one way, and near the
    ' end of what was read then. Anything else starts the track anew.
    Dim place As Long, moved As Long, last As Variant, moving() As Boolean, beyond As Long, room As Long
    ReDim moving(LBound(rows) To UBound(rows))
    last = LastRows(track)
    room = MOST_ROWS
    For place = LBound(rows) To UBound(rows)
        moving(place) = rows(place) <> last(place)
        If moving(place) Then
            If moved <> 0 And moved <> rows(place) - last(place) Then GoTo anew
            moved = rows(place) - last(place)
            If moved < 0 And room > rows(place) - 1 Then room = rows(place) - 1
        End If
    Next place
    If moved = 0 Then Exit Function
    If Reached(track) <> 0 And Sgn(moved) <> Sgn(Reached(track)) Then GoTo anew
    beyond = Abs(moved) - Abs(Reached(track))
    If beyond <= 0 Or beyond > WIDEST_GAP Then GoTo anew
    LastRows(track) = rows
    Reached(track) = 0
    If room > Worth(track) Then room = Worth(track)
    RowsWorth = room * Sgn(moved)
    isMoving = moving
    Exit Function
anew:
    StartTrack track, rows
End Function

Private Sub StartTrack(track As Long, rows As Variant)
    LastRows(track) = rows
    Reached(track) = 0
    Worth(track) = FEWEST_ROWS
End Sub

Private Function TrackOf(functionName As String, arguments As Variant, values As Variant, table As Long) As Long
    ' The number of the track, a new one where there is none.
    Dim place As Long, key As String, number As Long
    key = functionName
    For place = LBound(arguments) To UBound(arguments)
        If place = table Then
            key = key & vbTab
        ElseIf IsObject(arguments(place)) Then
            key = key & vbTab & arguments(place).Worksheet.Name & "!" & arguments(place).Column
        Else
            key = key & vbTab & VarType(values(place)) & ":" & CStr(values(place))
        End If
    Next place
    On Error Resume Next
    If Not Tracks Is Nothing Then number = Tracks.Item(key)
    On Error GoTo 0
    If number = 0 Then
        If Not Tracks Is Nothing Then
            If Tracks.Count = MOST_TRACKS Then Set Tracks = Nothing
        End If
        If Tracks Is Nothing Then Set Tracks = New Collection
        number = Tracks.Count + 1
        Tracks.Add number, key
        StartTrack number, RowsOf(arguments, table)
    End If
    TrackOf = number
End Function

Private Function RowsOf(arguments As Variant, table As Long) As Variant
    ' The row of each argument that is a cell, 0 for the others.
    Dim place As Long, rows() As Long
    ReDim rows(LBound(arguments) To UBound(arguments))
    For place = LBound(arguments) To UBound(arguments)
        If place <> table And IsObject(arguments(place)) Then rows(place) = arguments(place).Row
    Next place
    RowsOf = rows
End Function

Private Function ReadColumns(arguments As Variant, values As Variant, isMoving As Variant, ahead As Long, _
        columns As Variant) As Boolean
    ' The arguments with the rows ahead in place of each cell that moves; False where they cannot be read.
    Dim place As Long, found() As Variant, first As Long, last As Long, sheet As Object, area As Object
    ReDim found(LBound(arguments) To UBound(arguments))
    For place = LBound(arguments) To UBound(arguments)
        If isMoving(place) Then
            Set sheet = arguments(place).Worksheet
            first = arguments(place).Row
            last = first + ahead
            If last > sheet.Rows.Count Then Exit Function
            Set area = sheet.Range(sheet.Cells(first, arguments(place).Column), _
                sheet.Cells(last, arguments(place).Column))
            If IsNull(area.HasFormula) Then Exit Function
            If area.HasFormula Then Exit Function
            found(place) = area.Value2
        Else
            found(place) = values(place)
        End If
    Next place
    columns = found
    ReadColumns = True
End Function
