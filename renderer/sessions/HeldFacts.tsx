import type { HeldView } from '../../preload/contract.ts';
import { words } from '../text/language.ts';
import { hostOf } from '../text/names.ts';

/** The address and ids of a held session. */
export function HeldFacts({ held }: { held: HeldView }) {
  const say = words.value.sessions;
  return (
    <dl class="facts">
      <Fact term={say.server} value={hostOf(held.server)} title={held.server} />
      <Fact term={say.site} value={held.fqSiteName} />
      {held.pool !== null && <Fact term={say.fields.pool} value={held.pool} />}
      {held.accountId !== null && <Fact term={say.account} value={held.accountId} />}
      <Fact term={say.session} value={held.maskedSessionId} />
    </dl>
  );
}

function Fact({ term, value, title }: { term: string; value: string; title?: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd title={title}>{value}</dd>
    </div>
  );
}
