; Books (*.daybook) open with the program: for an NSIS installer, to be included by its script.
; Unverified: never run on Windows.
;
;   !include "file_association.nsh"
;   Section "Books open with Daybook"  ->  !insertmacro AssociateBooks "$INSTDIR\daybook.exe"
;   Section "Uninstall"                ->  !insertmacro ForgetBooks
;
; Everything stands below HKEY_CURRENT_USER: no administrator is needed, and nobody else's choice is
; changed. "%1" is quoted, because paths have blanks.

!define DAYBOOK_KIND "Daybook.Book.1"

!macro AssociateBooks PROGRAM
  WriteRegStr HKCU "Software\Classes\${DAYBOOK_KIND}" "" "Daybook book"
  WriteRegStr HKCU "Software\Classes\${DAYBOOK_KIND}\DefaultIcon" "" '"${PROGRAM}",0'
  WriteRegStr HKCU "Software\Classes\${DAYBOOK_KIND}\shell\open\command" "" '"${PROGRAM}" "%1"'
  WriteRegStr HKCU "Software\Classes\.daybook" "" "${DAYBOOK_KIND}"
  WriteRegStr HKCU "Software\Classes\.daybook\OpenWithProgids" "${DAYBOOK_KIND}" ""
  ; SHCNE_ASSOCCHANGED: the desktop looks at the new association at once.
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

!macro ForgetBooks
  DeleteRegKey HKCU "Software\Classes\${DAYBOOK_KIND}"
  DeleteRegValue HKCU "Software\Classes\.daybook\OpenWithProgids" "${DAYBOOK_KIND}"
  DeleteRegValue HKCU "Software\Classes\.daybook" ""
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend
