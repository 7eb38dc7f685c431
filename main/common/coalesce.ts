/**
 * Makes a function that runs `show` after `ms` milliseconds, once for all calls until then: showing
 * never stands between a cause and its requests.
 */
export function coalesce(show: () => void, ms: number): () => void {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    setTimeout(() => {
      due = false;
      show();
    }, ms);
  };
}
