import type { Store } from '../store.ts';
import { Result } from './Result.tsx';

/** What became of each sign-off, the newest first. */
export function Results({ store }: { store: Store }) {
  const { receipts, next, unreadable, status } = store.results.value;
  return (
    <section class="section" aria-labelledby="results-heading">
      <div class="section-head">
        <h2 id="results-heading">Results</h2>
      </div>
      {receipts.length === 0 && status === 'idle' && (
        <p class="quiet">What the server answers to each sign-off will stand here.</p>
      )}
      {receipts.length > 0 && (
        <ul class="results">
          {receipts.map((receipt) => (
            <Result key={receipt.id} receipt={receipt} now={store.now} />
          ))}
        </ul>
      )}
      {status === 'failed' && (
        <p class="quiet" role="alert">
          The results could not be read.
        </p>
      )}
      {next !== null && (next !== undefined || status === 'failed') && (
        <button
          type="button"
          class="button button-wide"
          aria-disabled={status === 'loading'}
          onClick={() => void store.showMoreResults()}
        >
          {status === 'failed' ? 'Read results again' : 'Show more'}
        </button>
      )}
      {unreadable > 0 && (
        <p class="quiet">
          {unreadable === 1
            ? '1 stored result could not be read and was skipped.'
            : `${unreadable} stored results could not be read and were skipped.`}
        </p>
      )}
    </section>
  );
}
