import type { SignInWrongs } from './draft.ts';
import { Icon } from '../parts/Icon.tsx';
import { ReasonWords } from '../parts/FailureReason.tsx';
import { WholeWrongs } from '../parts/FormErrors.tsx';

/** Why a sign-in came to nothing, above the form; what is wrong with a field stands beside it. */
export function SignInWrong({ wrongs: { whole, failure } }: { wrongs: SignInWrongs }) {
  if (failure !== null) {
    return (
      <div class="notice failed-sign-in tone-bad" role="alert" tabIndex={-1}>
        <Icon name="warning" />
        <div class="failure-words">
          <p>
            <b>{failure.title}</b>
          </p>
          {failure.reason && <ReasonWords reason={failure.reason} />}
          <p class="next">{failure.advice}</p>
        </div>
      </div>
    );
  }
  return <WholeWrongs messages={whole} />;
}
