import type { ConnectionFault } from './call-end.ts';

/** What kept a proxy from connecting to the server. Nothing had been sent to the server by then. */
export class ProxyFault extends Error {
  readonly fault: ConnectionFault;

  /** `message` is for people: a whole sentence without any secret. */
  constructor(fault: ConnectionFault, message: string) {
    super(message);
    this.name = 'ProxyFault';
    this.fault = fault;
  }
}
