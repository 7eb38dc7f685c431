import type { Receipt } from '../../model/types.ts';
import { words } from '../../text/language.ts';
import { kindWords, receiptOutcomeWords } from '../../text/names.ts';
import { reasonOf } from '../../text/reasons.ts';
import { clockWords, duration, exactMoment } from '../../text/time.ts';
import { isClockImplausible, isProcessingImplausible, implausibleWords } from '../implausible.ts';
import { summarise } from '../summary.ts';
import { PHASES } from './waterfall-layout.ts';

/** One thing that is known of a sign-off. */
export interface Fact {
  readonly term: string;
  readonly value: string;
  /** Whether it is something that the server said and that cannot be. */
  readonly implausible: boolean;
}

/** All that is known of one sign-off but its phases, error and reply; what is not known is left out. */
export function factsOf(receipt: Receipt): readonly Fact[] {
  const { receipt: texts, causeNames } = words.value.results;
  const { server, clockOffsetMs, error } = receipt;
  const processingIsOff = isProcessingImplausible(receipt);
  const asked = receipt.cause !== 'server';
  const facts: readonly (readonly [string, string | null, boolean?])[] = [
    [texts.kind, kindWords(receipt.kind)],
    [texts.cause, causeNames[receipt.cause]],
    [texts.forced, asked ? (receipt.forced ? texts.yes : texts.no) : null],
    [texts.attempts, asked ? String(receipt.attempts) : null],
    [texts.server, receipt.address.server],
    [texts.site, receipt.address.fqSiteName],
    [texts.proxy, receipt.proxy],
    [texts.started, instant(receipt.startedAt)],
    [texts.finished, instant(receipt.finishedAt)],
    [texts.roundTrip, milliseconds(receipt.roundTripMs)],
    [texts.processing, milliseconds(server.processingMs), processingIsOff],
    [texts.network, milliseconds(receipt.networkMs), processingIsOff],
    [texts.serviceStarted, instant(server.serviceStartTime)],
    [texts.serviceFinished, instant(server.serviceFinishTime)],
    [
      texts.clock,
      clockOffsetMs === null ? null : clockWords(clockOffsetMs, receipt.clockUncertaintyMs),
      isClockImplausible(receipt),
    ],
    [texts.clientId, server.clientId],
    [texts.sequenceNumber, server.sequenceNumber],
    // What the words above leave out, such as why a certificate was not trusted.
    [texts.technical, error && reasonOf(error)?.by === 'signoff' ? error.message : null],
  ];
  return facts.flatMap(([term, value, implausible = false]) =>
    value === null ? [] : [{ term, value, implausible }],
  );
}

/** A receipt as text, for a ticket or a mail. */
export function receiptText(receipt: Receipt): string {
  const { receipt: texts, waterfall } = words.value.results;
  const { error, reply, phases } = receipt;
  const lines = [
    `${texts.label}: ${receipt.label}`,
    `${texts.outcome}: ${receiptOutcomeWords(receipt)}`,
    ...factsOf(receipt).map(({ term, value }) => `${term}: ${value}`),
    ...(receipt.cause === 'server' ? [] : PHASES).map(
      (phase) => `${waterfall.phases[phase]}: ${milliseconds(phases[phase]) ?? '–'}`,
    ),
    summarise({ ...receipt, processingMs: receipt.server.processingMs }),
    ...implausibleWords(receipt).map((mark) => `${texts.implausible.label}: ${mark}`),
    error && `${texts.message}: ${reasonOf(error)?.text ?? ''}`,
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
