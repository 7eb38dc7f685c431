import { FailureReason } from '../parts/FailureReason.tsx';
import { FormErrorList } from '../parts/FormErrorList.tsx';
import { Icon } from '../parts/Icon.tsx';
import type { SignInErrors } from './errors.ts';

/** Why a sign-in failed, above the form. Errors of a field are shown beside it. */
export function SignInFailure({ errors: { general, failure } }: { errors: SignInErrors }) {
  if (failure !== null) {
    return (
      <div class="notice failed-sign-in tone-bad" role="alert" tabIndex={-1}>
        <Icon name="warning" />
        <div class="failure-words">
          <p>
            <b>{failure.title}</b>
          </p>
          {failure.reason && <FailureReason reason={failure.reason} />}
          <p class="next">{failure.advice}</p>
        </div>
      </div>
    );
  }
  return <FormErrorList messages={general} />;
}
