/**
 * Makes a function that runs `show` soon, once for all calls of this turn of the loop: showing
 * never stands between a cause and its requests.
 */
export function coalesced(show: () => void): () => void {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    setImmediate(() => {
      due = false;
      show();
    });
  };
}
