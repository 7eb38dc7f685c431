import type { EventPayload, HeldView, State } from '../../preload/contract.ts';

/** The record of one sign-off. */
export type Receipt = EventPayload<'receipt'>;
export type Outcome = Receipt['outcome'];
export type PresenceState = NonNullable<HeldView['presence']>['state'];

/** A text for screen readers, announced once. */
export interface Announcement {
  /** Counts up. */
  readonly key: number;
  readonly text: string;
}

export type OriginQuestion = NonNullable<State['originQuestion']>;
