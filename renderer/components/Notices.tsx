import type { Store } from '../store.ts';
import { Icon } from './Icon.tsx';

/** What the person should know before anything else: about the vault, and calls that went wrong. */
export function Notices({ store }: { store: Store }) {
  const state = store.state.value;
  const trouble = store.trouble.value;
  return (
    <>
      {trouble !== null && (
        <div class="notice tone-bad" role="alert">
          <Icon name="warning" />
          <p>{trouble}</p>
          {state === null ? (
            <button type="button" class="button" onClick={() => void store.start()}>
              Try again
            </button>
          ) : (
            <button
              type="button"
              class="button button-icon"
              aria-label="Dismiss"
              onClick={() => store.dismissTrouble()}
            >
              <Icon name="close" />
            </button>
          )}
        </div>
      )}
      {state !== null && state.vault.setAside !== null && (
        <div class="notice tone-bad" role="alert">
          <Icon name="warning" />
          <p>
            The vault could not be read and was set aside as <code>{state.vault.setAside}</code>.
            Sessions in it could not be read; sign off by hand in your console if you were signed
            in.
          </p>
        </div>
      )}
      {state !== null && !state.vault.durable && (
        <div class="notice tone-care" role="status">
          <Icon name="info" />
          <p>
            This computer offers no encryption, so sessions are kept in memory only. If Signoff is
            killed, it can’t end them at its next start.
          </p>
        </div>
      )}
    </>
  );
}
