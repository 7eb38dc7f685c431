import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { callChannel, eventChannel } from '../../preload/channels.ts';
import {
  type CallName,
  callNames,
  calls,
  type EventName,
  type EventPayload,
  events,
  type Reply,
  type Request,
} from '../../preload/contract.ts';

/** A handler for every call of the contract. */
export type Handlers = {
  readonly [N in CallName]: (request: Request<N>) => Promise<Reply<N>> | Reply<N>;
};

/**
 * Registers every call of the contract. A call is rejected, without repeating its payload, unless it comes
 * from the main frame of our own window (`isOurs`) and fits its schema. Replies are parsed by their schema,
 * which drops unknown fields.
 */
export function registerBridge(
  ipcMain: Pick<IpcMain, 'handle'>,
  handlers: Handlers,
  isOurs: (event: IpcMainInvokeEvent) => boolean,
): void {
  for (const name of callNames) {
    // TypeScript cannot correlate the schema and the handler of a name that is known only at run time.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const handler = handlers[name] as (request: unknown) => unknown;
    ipcMain.handle(callChannel(name), async (event, payload: unknown) => {
      if (!isOurs(event)) throw new Error(`'${name}' may only be called by Signoff's own window.`);
      const request = calls[name].request.safeParse(payload);
      if (!request.success) {
        throw new Error(`'${name}' was called with something it does not take.`);
      }
      return calls[name].reply.parse(await handler(request.data));
    });
  }
}

/** Sends an event to the window, parsed by its schema, which drops unknown fields. */
export function sendEvent<N extends EventName>(
  send: (channel: string, payload: unknown) => void,
  name: N,
  payload: EventPayload<N>,
): void {
  send(eventChannel(name), events[name].parse(payload));
}
