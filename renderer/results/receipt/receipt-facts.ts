import type { Receipt } from '../../model/types.ts';
import { words } from '../../text/language.ts';
import { kindWords, receiptOutcomeWords, wasRequested } from '../../text/names.ts';
import { reasonOf } from '../../text/reasons.ts';
import { clockWords, duration, exactMoment } from '../../text/time.ts';
import { isClockImplausible, isProcessingImplausible, implausibleWords } from '../implausible.ts';
import { summarise } from '../summary.ts';
import { PHASES } from './waterfall-layout.ts';

/** One detail of a sign-off. */
export interface Fact {
  readonly term: string;
  readonly value: string;
  /** Whether the server's value is impossible. */
  readonly implausible: boolean;
}

/** The known details of a sign-off, without its phases, error and reply. */
export function factsOf(receipt: Receipt): readonly Fact[] {
  const { results, sessions } = words.value;
  const { receipt: texts, causeNames } = results;
  const { server, clockOffsetMs, error, answeredBy } = receipt;
  const isImplausible = isProcessingImplausible(receipt);
  const isRequested = wasRequested(receipt);
  const facts: readonly (readonly [string, string | null, boolean?])[] = [
    [sessions.kind, kindWords(receipt.kind)],
    [texts.cause, causeNames[receipt.cause]],
    [texts.forced, isRequested ? (receipt.forced ? texts.yes : texts.no) : null],
    [texts.attempts, isRequested ? String(receipt.attempts) : null],
    [sessions.server, receipt.address.server],
    [sessions.site, receipt.address.fqSiteName],
    [texts.proxy, receipt.proxy],
    [texts.connectedTo, receipt.connectedTo],
    // Where it is only the one that was reached, there is nothing to add.
    [texts.tried, isMoreThanReached(receipt) ? receipt.tried.join(', ') : null],
    [texts.started, instant(receipt.startedAt)],
    [texts.finished, instant(receipt.finishedAt)],
    [texts.roundTrip, milliseconds(receipt.roundTripMs)],
    [texts.processing, milliseconds(server.processingMs), isImplausible],
    [texts.network, milliseconds(receipt.networkMs), isImplausible],
    [texts.serviceStarted, instant(server.serviceStartTime)],
    [texts.serviceFinished, instant(server.serviceFinishTime)],
    [
      texts.clock,
      clockOffsetMs === null ? null : clockWords(clockOffsetMs, receipt.clockUncertaintyMs),
      isClockImplausible(receipt),
    ],
    [texts.clientId, server.clientId],
    [texts.sequenceNumber, server.sequenceNumber],
    // Such as why a certificate was not trusted, which the translated reason leaves out.
    [
      texts.technical,
      error && reasonOf({ ...error, answeredBy })?.by === 'signoff' ? error.message : null,
    ],
  ];
  return facts.flatMap(([term, value, implausible = false]) =>
    value === null ? [] : [{ term, value, implausible }],
  );
}

function isMoreThanReached({ tried, connectedTo }: Receipt): boolean {
  return tried.some((address) => address !== connectedTo);
}

/** A receipt as text, for a ticket or an e-mail. */
export function receiptText(receipt: Receipt): string {
  const { receipt: texts, waterfall } = words.value.results;
  const { error, answeredBy, reply, phases } = receipt;
  const lines = [
    `${words.value.sessions.fields.label}: ${receipt.label}`,
    `${texts.outcome}: ${receiptOutcomeWords(receipt)}`,
    ...factsOf(receipt).map(({ term, value }) => `${term}: ${value}`),
    ...(wasRequested(receipt) ? PHASES : []).map(
      (phase) => `${waterfall.phases[phase]}: ${milliseconds(phases[phase]) ?? '–'}`,
    ),
    summarise({ ...receipt, processingMs: receipt.server.processingMs }),
    ...implausibleWords(receipt).map((mark) => `${texts.implausible.label}: ${mark}`),
    error && `${texts.message}: ${reasonOf({ ...error, answeredBy })?.text ?? ''}`,
    error?.code && `${texts.code}: ${error.code}`,
    error && error.status !== null && `${texts.status}: ${error.status}`,
    reply && `${texts.reply} (${texts.replyStatus(reply.status)}):\n${reply.body}`,
    reply?.cut && texts.replyCut,
  ];
  return lines.filter((line) => typeof line === 'string').join('\n');
}

function milliseconds(ms: number | null): string | null {
  return ms === null ? null : duration(ms);
}

function instant(iso: string | null): string | null {
  return iso === null ? null : exactMoment(Date.parse(iso));
}
