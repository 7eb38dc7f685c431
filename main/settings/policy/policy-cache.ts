import { readFileSync } from 'node:fs';
import { isMissing } from '../../common/error-code.ts';
import { retryWhileBusy } from '../../common/retry-while-busy.ts';
import { writeAtomically } from '../../common/write-atomically.ts';
import { isObject, readValues, type Values } from '../read-values.ts';
import { holdsSecret } from '../secrets.ts';

export const POLICY_CACHE_FILE = 'last-policy.json';

interface PolicyValues {
  readonly machine: Values;
  readonly user: Values;
}

/** Keeps the policy that was last read across restarts. */
export interface PolicyCache {
  /** Null if there is none, or it cannot be read. */
  load(): PolicyValues | null;
  /** Never throws. */
  save(policy: PolicyValues): void;
}

/**
 * Keeps it in a file that the user can write. Editing it gains nothing: it counts only while the policy
 * cannot be read, when otherwise none would count. Values with a secret are left out.
 */
export function createPolicyCache(parts: {
  file: string;
  onFault: (error: unknown) => void;
}): PolicyCache {
  const { file, onFault } = parts;

  const load = (): PolicyValues | null => {
    try {
      const saved: unknown = JSON.parse(retryWhileBusy(() => readFileSync(file, 'utf8')));
      if (!isObject(saved)) return null;
      return {
        machine: readValues(saved['machine']).values,
        user: readValues(saved['user']).values,
      };
    } catch (error) {
      if (!isMissing(error) && !(error instanceof SyntaxError)) onFault(error);
      return null;
    }
  };

  return {
    load,
    save({ machine, user }) {
      const policy = { machine: omitSecrets(machine), user: omitSecrets(user) };
      // Most machines have no policy, and need no file for it.
      const before = load() ?? { machine: {}, user: {} };
      if (JSON.stringify(before) === JSON.stringify(policy)) return;
      try {
        writeAtomically(file, `${JSON.stringify(policy, null, 2)}\n`);
      } catch (error) {
        onFault(error);
      }
    },
  };
}

function omitSecrets(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => !holdsSecret(name, value)),
  );
}
