import { readFileSync } from 'node:fs';
import { isMissing } from '../../common/error-code.ts';
import { writeAtomically } from '../../common/write-atomically.ts';
import { isObject, readValues, type Values } from '../read-values.ts';
import { holdsSecret } from '../secrets.ts';

export const LAST_POLICY_FILE = 'last-policy.json';

interface PolicyValues {
  readonly machine: Values;
  readonly user: Values;
}

/** What a policy said when it was last read, over restarts. */
export interface LastPolicy {
  /** Null where none was kept, or it cannot be read. */
  recall(): PolicyValues | null;
  /** Never throws. */
  keep(policy: PolicyValues): void;
}

/**
 * Keeps it in a file of the person's. Whoever changes that gains nothing: it counts only while the
 * policy itself cannot be read, when otherwise none would. What holds a secret is left out.
 */
export function createLastPolicy(parts: {
  file: string;
  onFault: (error: unknown) => void;
}): LastPolicy {
  const { file, onFault } = parts;

  const recall = (): PolicyValues | null => {
    try {
      const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
      if (!isObject(kept)) return null;
      return { machine: readValues(kept['machine']).values, user: readValues(kept['user']).values };
    } catch (error) {
      if (!isMissing(error) && !(error instanceof SyntaxError)) onFault(error);
      return null;
    }
  };

  return {
    recall,
    keep({ machine, user }) {
      const kept = { machine: withoutSecrets(machine), user: withoutSecrets(user) };
      // Most machines have no policy, and need no file to say so.
      const before = recall() ?? { machine: {}, user: {} };
      if (JSON.stringify(before) === JSON.stringify(kept)) return;
      try {
        writeAtomically(file, `${JSON.stringify(kept, null, 2)}\n`);
      } catch (error) {
        onFault(error);
      }
    },
  };
}

function withoutSecrets(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => !holdsSecret(name, value)),
  );
}
