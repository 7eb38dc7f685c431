import { createHmac, randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from './clock.ts';
import type { Credentials } from './credentials.ts';

const name = z.string().min(1, 'must not be empty');

/** Reads an account from outside. */
export const accountSchema = z.strictObject({
  site: name,
  userName: name.regex(/^[^:]*$/, 'must not have a colon'),
  password: z.string(),
  accountId: name,
  pool: name.exactOptional(),
});

/** An agent's account: `site` is the `fqSiteName`; `pool` is `297:1` if not given. */
export type NewAccount = z.infer<typeof accountSchema>;

export type Account = Required<NewAccount>;

const DEFAULT_POOL = '297:1';

/** The accounts that can sign in, and their tokens. */
export class AccountStore {
  readonly #tokenLifeMs: number;
  readonly #clock: Clock;
  readonly #key = randomBytes(32);
  readonly #accounts = new Map<string, Account>();
  #tokens = new Map<string, { account: Account; expiresAt: number }>();

  constructor(tokenLifeMs: number, clock: Clock) {
    this.#tokenLifeMs = tokenLifeMs;
    this.#clock = clock;
  }

  /** Throws if the user name is taken at any site: requests do not name the site. */
  add(account: NewAccount): void {
    if (this.has(account.userName)) throw new Error('an account with this user name is there');
    this.#accounts.set(account.userName, { pool: DEFAULT_POOL, ...accountSchema.parse(account) });
  }

  has(userName: string): boolean {
    return this.#accounts.has(userName);
  }

  hasSite(fqSiteName: string): boolean {
    return [...this.#accounts.values()].some(({ site }) => site === fqSiteName);
  }

  /** Moves the accounts of a site, or all, to another pool. */
  movePool(pool: string, fqSiteName: string | undefined): void {
    for (const account of this.#accounts.values()) {
      if (fqSiteName === undefined || account.site === fqSiteName) account.pool = pool;
    }
  }

  /** The account of these credentials; undefined if they are not valid. */
  authenticate(credentials: Credentials | null): Account | undefined {
    switch (credentials?.kind) {
      case undefined:
        return undefined;
      case 'basic': {
        const account = this.#accounts.get(credentials.userName);
        return account?.password === credentials.password ? account : undefined;
      }
      case 'bearer': {
        const known = this.#tokens.get(credentials.token);
        return known !== undefined && this.#clock.now() < known.expiresAt
          ? known.account
          : undefined;
      }
    }
  }

  /** Issues a JSON Web Token for the account. */
  issueToken(account: Account): string {
    const issuedAt = this.#clock.now();
    const expiresAt = issuedAt + this.#tokenLifeMs;
    const unsigned = [
      { alg: 'HS256', typ: 'JWT' },
      {
        iss: 'practice-server',
        sub: account.userName,
        jti: randomBytes(12).toString('hex'),
        iat: Math.floor(issuedAt / 1000),
        exp: Math.floor(expiresAt / 1000),
      },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const signature = createHmac('sha256', this.#key).update(unsigned).digest('base64url');
    const token = `${unsigned}.${signature}`;
    this.#tokens.set(token, { account, expiresAt });
    return token;
  }

  /** Revokes all tokens, as if they had expired. */
  expireTokens(): void {
    this.#tokens = new Map();
  }
}
