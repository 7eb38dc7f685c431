import { jsonReply, type Reply } from './replies.ts';

/**
 * The bodies that an error reply can have. All are invented: the API pages say only that it is an object.
 *
 * - `exception`: what a public client looks for first, with the pages' codes; the default.
 * - `detail`: what that client looks for next.
 * - `oracle`: the form of Oracle's other REST APIs.
 * - `html`, `empty`: what stands in front of a server may answer so.
 */
export const ERROR_BODIES = ['exception', 'detail', 'oracle', 'html', 'empty'] as const;

export type ErrorBody = (typeof ERROR_BODIES)[number];

type WriteError = (status: number, code: string, message: string) => Reply;

/** What the practice server answers where it refuses a request. */
export interface ErrorReplies {
  readonly error: WriteError;
  /** The code is invented. Also the answer to another method, which the pages do not describe. */
  notFound(): Reply;
  invalid(violations: readonly string[]): Reply;
  /** The code is invented. */
  unknownSession(kind: 'agent' | 'engagement'): Reply;
  /** The pages have the code, but no status for it. */
  accessDenied(): Reply;
  /** The pages have the code for `setActivityStatus`; the status is that of a sister API. */
  conflict(message: string): Reply;
  /** What the site itself answers, before there is a chat session. */
  site(status: 400 | 401, title: string, detail: string): Reply;
}

/** Error replies with this body; without one, each part of the server has its own default. */
export function createErrorReplies(body: ErrorBody | undefined): ErrorReplies {
  const error = BODIES[body ?? 'exception'];
  return {
    error,
    notFound: () => error(404, 'NOT_FOUND', 'The resource was not found.'),
    invalid: (violations) =>
      error(400, 'BAD_REQUEST', `Invalid request: ${violations.join('; ')}.`),
    unknownSession: (kind) =>
      error(403, 'SESSION_NOT_FOUND', `The ${kind} session identifier is unknown.`),
    accessDenied: () => error(403, 'ACCESS_DENIED', 'Authentication failed.'),
    conflict: (message) => error(409, 'CONFLICT', message),
    site(status, title, detail) {
      const reply =
        body === undefined
          ? jsonReply(status, { title, status: String(status), detail })
          : error(status, title, detail);
      if (status !== 401) return reply;
      return {
        ...reply,
        headers: { ...reply.headers, 'WWW-Authenticate': 'Basic realm="practice"' },
      };
    },
  };
}

/** A page as a proxy answers with. */
export function htmlReply(status: number): Reply {
  const body = `<!DOCTYPE html>
<html lang="en">
<head><title>${status}</title></head>
<body><h1>${status}</h1><p>This page comes from a proxy, not from the chat server.</p></body>
</html>
`;
  return { status, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body };
}

const BODIES: Readonly<Record<ErrorBody, WriteError>> = {
  exception: (status, exceptionCode, message) => jsonReply(status, { exceptionCode, message }),
  detail: (status, _code, detail) => jsonReply(status, { detail }),
  oracle: (status, code, detail) =>
    jsonReply(status, {
      type: 'about:blank',
      title: code,
      status: String(status),
      detail,
      'o:errorCode': code,
    }),
  html: htmlReply,
  empty: (status) => ({ status, headers: {}, body: '' }),
};
