import type { ChatRequest } from './chat-request.ts';
import { faultRuleSchema, type Fault, type FaultRule } from './faults.ts';

/** The fault rules in force. */
export class FaultRules {
  #rules: { rule: FaultRule; left: number }[] = [];

  /** Adds a rule, last in line; returns a function that takes it away again. Throws on an invalid rule. */
  add(rule: FaultRule): () => void {
    const added = { rule: faultRuleSchema.parse(rule), left: rule.times ?? Infinity };
    this.#rules.push(added);
    return () => {
      this.#rules = this.#rules.filter((other) => other !== added);
    };
  }

  clear(): void {
    this.#rules = [];
  }

  /** The fault to play for a request, counted as played; null when it is to be answered properly. */
  take(request: ChatRequest): Fault | null {
    const found = this.#rules.find(({ rule, left }) => left > 0 && applies(rule, request));
    if (found === undefined) return null;
    found.left -= 1;
    return found.rule.fault;
  }
}

function applies({ fault, call, sessionId }: FaultRule, request: ChatRequest): boolean {
  if (request.call === null) return false;
  if (call !== undefined && call !== request.call) return false;
  if (sessionId !== undefined && sessionId !== request.sessionId) return false;
  return fault.kind !== 'refuse-unless-forced' || request.forced === false;
}
