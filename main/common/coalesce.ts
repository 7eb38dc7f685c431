/** Makes a function that runs `run` `ms` milliseconds after the first of several calls, once for all of them. */
export function coalesce(run: () => void, ms: number): () => void {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    setTimeout(() => {
      due = false;
      run();
    }, ms);
  };
}
