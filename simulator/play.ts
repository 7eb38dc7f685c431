import { type Clock, sleep } from './clock.ts';
import type { ChatRequest } from './chat-request.ts';
import type { Connection } from './connection.ts';
import type { Fault } from './faults.ts';
import { fieldAnswer } from './field-cases.ts';
import { type ErrorReplies, htmlReply } from './error-replies.ts';
import { NEEDS_FORCE, type ChatSystemError, type Reply } from './replies.ts';
import { dripReply, sendOversized } from './slow-answers.ts';

export interface Exchange {
  connection: Connection;
  clock: Clock;
  /** Processes the request as the API pages say, or refuses it with a system error; returns the answer. */
  act(systemError?: ChatSystemError): Promise<Reply>;
  errors: ErrorReplies;
  request: ChatRequest;
  /** Called just before the head of an answer is sent. */
  answering(status: number): void;
  /** Aborted when the practice server closes. */
  closing: AbortSignal;
}

/** The messages of the agent page's exception codes. */
const CODE_TEXTS: ReadonlyMap<string, string> = new Map([
  ['ACCESS_DENIED', 'Authentication failed.'],
  ['UNKNOWN_EXCEPTION', 'An unknown error has occurred.'],
  ['BAD_REQUEST', 'A field in the request is invalid.'],
  ['INTERNAL_SERVER_ERROR', 'An error occurred within the core server.'],
]);

/** Plays a fault, or answers correctly without one. Resolves when the request is finished. */
export async function play(fault: Fault | null, exchange: Exchange): Promise<void> {
  const { connection, clock, closing } = exchange;
  const answer = (reply: Reply): void => {
    if (connection.gone.aborted) return;
    exchange.answering(reply.status);
    connection.answer(reply);
  };

  switch (fault?.kind) {
    case undefined:
      answer(await exchange.act());
      return;
    case 'delay':
      // A server does not notice a disconnected client, so the request is processed all the same.
      await sleep(clock, fault.ms, closing);
      answer(await exchange.act());
      return;
    case 'hang':
      if (fault.processed === true) await exchange.act();
      return;
    case 'reset':
      if (fault.when === 'after') await exchange.act();
      connection.reset();
      return;
    case 'drip': {
      const reply = await exchange.act();
      if (connection.gone.aborted) return;
      exchange.answering(reply.status);
      await dripReply(connection, reply, fault.bytesPerSecond, exchange);
      return;
    }
    case 'status':
      answer(
        plain(fault.status, fault.contentType ?? 'text/plain;charset=utf-8', fault.body ?? ''),
      );
      return;
    case 'error':
      answer(exchange.errors.error(fault.status, fault.code, fault.message ?? textOf(fault.code)));
      return;
    case 'html':
      answer(htmlReply(fault.status));
      return;
    case 'empty':
      if (fault.status < 300) await exchange.act();
      answer({ status: fault.status, headers: {}, body: '' });
      return;
    case 'oversized':
      if (connection.gone.aborted) return;
      exchange.answering(200);
      await sendOversized(connection, fault.bytes);
      return;
    case 'redirect': {
      const headers = { Location: fault.location };
      answer({ status: fault.status ?? 302, headers, body: '' });
      return;
    }
    case 'malformed':
      answer(plain(200, 'application/json;charset=utf-8', '{"chatLogoffResult":{},"chatSystem'));
      return;
    case 'system-error': {
      const { errorCondition, text } = fault;
      answer(await exchange.act({ errorCondition, text, type: 'ERROR' }));
      return;
    }
    case 'refuse-unless-forced':
      answer(await exchange.act(NEEDS_FORCE));
      return;
    case 'unknown-session': {
      const isEngagement = exchange.request.call === 'concludeEngagement';
      answer(exchange.errors.unknownSession(isEngagement ? 'engagement' : 'agent'));
      return;
    }
    case 'case':
      answer(fieldAnswer(fault.name, exchange.request) ?? (await exchange.act()));
      return;
  }
}

function plain(status: number, contentType: string, body: string): Reply {
  return { status, headers: { 'Content-Type': contentType }, body };
}

function textOf(code: string): string {
  return CODE_TEXTS.get(code) ?? 'An error has occurred.';
}
