import type { Receipt } from '../../model/types.ts';
import { Icon } from '../../parts/Icon.tsx';
import { words } from '../../text/language.ts';
import { duration } from '../../text/time.ts';
import { isProcessingImplausible } from '../implausible.ts';
import { TableDisclosure } from '../TableDisclosure.tsx';
import { type Bar, type Waterfall as Layout, waterfallOf } from './waterfall-layout.ts';

/** A request's phases as a waterfall chart and as a table. */
export function Waterfall({ receipt }: { receipt: Receipt }) {
  const { waterfall: texts, receipt: receiptTexts } = words.value.results;
  const layout = waterfallOf(receipt);
  if (!layout) return <p class="quiet">{receiptTexts.noTimes}</p>;
  const { processingMs } = receipt.server;
  const isDrawn = layout.bars.some(({ server }) => server !== null);
  const isImplausible = isProcessingImplausible(receipt);
  return (
    <div class="waterfall">
      {/* The table below says the same in words. */}
      <div class="waterfall-bars" aria-hidden="true">
        {layout.bars.map((bar) => (
          <BarRow key={bar.phase} bar={bar} totalMs={layout.totalMs} />
        ))}
      </div>
      {processingMs !== null && (
        <p class="legend">
          <span class={isImplausible ? 'outcome tone-care' : ''}>
            {isImplausible ? <Icon name="warning" /> : <Swatch name="server" />}
            {texts.server(duration(processingMs))}
            {isImplausible && <span class="only-heard">{receiptTexts.implausible.label}</span>}
          </span>
          {!isImplausible && receipt.networkMs !== null && (
            <span>
              <Swatch name="network" />
              {texts.network(duration(receipt.networkMs))}
            </span>
          )}
        </p>
      )}
      {isDrawn && !isImplausible && receipt.clockUncertaintyMs !== null && (
        <p class="quiet">{texts.placed(duration(receipt.clockUncertaintyMs))}</p>
      )}
      <TimesTable layout={layout} receipt={receipt} isImplausible={isImplausible} />
    </div>
  );
}

function Swatch({ name }: { name: 'server' | 'network' }) {
  return (
    <svg class={`swatch swatch-${name}`} width="10" height="10" aria-hidden="true">
      <rect width="10" height="10" rx="2" />
    </svg>
  );
}

function BarRow({ bar, totalMs }: { bar: Bar; totalMs: number }) {
  const { phase, startMs, lengthMs, server } = bar;
  const share = (ms: number): string => `${(ms / totalMs) * 100}%`;
  return (
    <>
      <span class="quiet">{words.value.results.waterfall.phases[phase]}</span>
      <svg class="waterfall-bar" width="100%" height="12">
        <line class="waterfall-track" x1="0" x2="100%" y1="6" y2="6" />
        <rect class="bar-network" x={share(startMs)} width={share(lengthMs)} height="12" rx="2" />
        {server && (
          <rect
            class="bar-server"
            x={share(server.startMs)}
            width={share(server.lengthMs)}
            height="12"
            rx="2"
          />
        )}
      </svg>
      <span class="waterfall-length">{duration(lengthMs)}</span>
    </>
  );
}

function TimesTable({
  layout,
  receipt,
  isImplausible,
}: {
  layout: Layout;
  receipt: Receipt;
  isImplausible: boolean;
}) {
  const { waterfall: texts, receipt: receiptTexts } = words.value.results;
  const { processingMs } = receipt.server;
  return (
    <TableDisclosure title={texts.table} columns={[texts.part, texts.began, texts.took]}>
      {layout.bars.map(({ phase, startMs, lengthMs }) => (
        <tr key={phase}>
          <th scope="row">{texts.phases[phase]}</th>
          <td>{duration(startMs)}</td>
          <td>{duration(lengthMs)}</td>
        </tr>
      ))}
      {processingMs !== null && (
        <tr>
          <th scope="row">{receiptTexts.processing}</th>
          <td>–</td>
          <td>
            {duration(processingMs)}
            {isImplausible && ` (${receiptTexts.implausible.label})`}
          </td>
        </tr>
      )}
      <tr>
        <th scope="row">{texts.total}</th>
        <td>{duration(0)}</td>
        <td>{duration(layout.totalMs)}</td>
      </tr>
    </TableDisclosure>
  );
}
