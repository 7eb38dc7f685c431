/** Puts text on the clipboard; says whether that went well. */
export function copyText(text: string): boolean {
  const place = document.createElement('textarea');
  place.value = text;
  place.readOnly = true;
  place.className = 'copied';
  const focused = document.activeElement;
  // In an open dialog nothing outside of it can be selected.
  (focused?.closest('dialog') ?? document.body).append(place);
  try {
    place.select();
    // The clipboard's own interface needs a permission, and pages of this app are given none.
    return document.execCommand('copy');
  } finally {
    place.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}
