import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Receipt } from '../../model/types.ts';
import type { Per } from '../../stores/results-store.ts';
import { language, words } from '../../text/language.ts';
import { receiptName } from '../../text/names.ts';
import { duration, moment } from '../../text/time.ts';
import { indexAfterKey } from '../index-after-key.ts';
import { areaBetween, lineThrough } from './chart-layout.ts';
import type { Chart, Measure, Outlier } from './chart-layout.ts';

/** More dots than this would touch each other. */
const MAX_DOTS = 40;
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

interface Props {
  readonly chart: Chart;
  readonly measure: Measure;
  readonly per: Per;
  readonly onOpen: (receipt: Receipt) => void;
}

/** Median and 95th percentile over time, and the outliers. */
export function TimeChart({ chart, measure, per, onOpen }: Props) {
  const { times: texts, receipt: receiptTexts } = words.value.results;
  const { grid, runs } = chart;
  const points = runs.flat();
  const medians = points.map(({ bucket }) => bucket[measure]?.median ?? 0);
  const low = duration(Math.min(...medians));
  const high = duration(Math.max(...medians));
  return (
    <figure class="chart">
      <figcaption>{receiptTexts[measure]}</figcaption>
      <svg
        class="chart-plot"
        width="100%"
        height="112"
        role="group"
        aria-label={texts.chart(receiptTexts[measure], low, high)}
      >
        <g aria-hidden="true">
          {grid.map(({ y }) => (
            <line key={y} class="chart-grid" x1="0" x2="100%" y1={`${y}%`} y2={`${y}%`} />
          ))}
          <svg width="100%" height="100%" viewBox="0 0 100 100" preserveAspectRatio="none">
            {runs.map((run) => (
              <Run key={run[0]?.bucket.start} run={run} />
            ))}
          </svg>
          {/* A single bucket makes no line. */}
          {(points.length <= MAX_DOTS ? points : runs.filter((run) => run.length === 1).flat()).map(
            ({ bucket, median }) => (
              <circle
                key={bucket.start}
                class="chart-dot"
                cx={`${median.x}%`}
                cy={`${median.y}%`}
                r="2.5"
              />
            ),
          )}
          {points.map(({ bucket, median }) => (
            <line
              key={bucket.start}
              class="chart-reach"
              x1={`${median.x}%`}
              x2={`${median.x}%`}
              y1="0"
              y2="100%"
            >
              <title>
                {texts.bucket(
                  bucketName(bucket.start, per),
                  duration(bucket[measure]?.median ?? 0),
                  duration(bucket[measure]?.p95 ?? 0),
                  bucket.count,
                )}
              </title>
            </line>
          ))}
        </g>
        <Outliers outliers={chart.outliers} onOpen={onOpen} />
      </svg>
      <div class="chart-scale" aria-hidden="true">
        {grid.toReversed().map(({ ms }) => (
          <span key={ms}>{duration(ms)}</span>
        ))}
      </div>
    </figure>
  );
}

/** Consecutive hours or days. */
function Run({ run }: { run: Chart['runs'][number] }) {
  const median = run.map((point) => point.median);
  const p95 = run.map((point) => point.p95);
  return (
    <>
      <path class="chart-band" d={areaBetween(p95, median)} />
      <path class="chart-p95" d={lineThrough(p95)} vector-effect="non-scaling-stroke" />
      <path class="chart-median" d={lineThrough(median)} vector-effect="non-scaling-stroke" />
    </>
  );
}

/** The outliers: one tab stop, with the arrow keys to move between them. */
function Outliers({ outliers, onOpen }: { outliers: readonly Outlier[]; onOpen: Props['onOpen'] }) {
  const group = useRef<SVGGElement>(null);
  const currentId = useSignal<string | null>(null);
  const current = Math.max(
    0,
    outliers.findIndex(({ receipt }) => receipt.id === currentId.value),
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = indexAfterKey(event, current, outliers.length, STEPS);
    if (target === null) return;
    event.preventDefault();
    const points = group.current?.querySelectorAll<SVGElement>('[data-receipt]');
    points?.[target]?.focus();
  };
  return (
    <g ref={group} onKeyDown={onKeyDown}>
      {outliers.map((outlier, index) => (
        <OutlierPoint
          key={outlier.receipt.id}
          outlier={outlier}
          isTabStop={index === current}
          onFocus={() => (currentId.value = outlier.receipt.id)}
          onOpen={onOpen}
        />
      ))}
    </g>
  );
}

interface PointProps {
  readonly outlier: Outlier;
  readonly isTabStop: boolean;
  readonly onFocus: () => void;
  readonly onOpen: Props['onOpen'];
}

function OutlierPoint({ outlier, isTabStop, onFocus, onOpen }: PointProps) {
  const { receipt, tookMs, position, isClipped } = outlier;
  const name = words.value.results.times.outlier(
    duration(tookMs),
    receiptName(receipt),
    moment(Date.parse(receipt.finishedAt)),
  );
  return (
    <svg
      class="outlier"
      x={`${position.x}%`}
      y={`${position.y}%`}
      overflow="visible"
      role="button"
      tabindex={isTabStop ? 0 : -1}
      aria-label={name}
      data-receipt={receipt.id}
      onFocus={onFocus}
      onClick={() => onOpen(receipt)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onOpen(receipt);
      }}
    >
      <title>{name}</title>
      <circle class="outlier-reach" r="12" />
      {isClipped ? (
        <path class="outlier-mark" d="M-4.5 3L0-4.5L4.5 3Z" />
      ) : (
        <circle class="outlier-mark" r="4" />
      )}
    </svg>
  );
}

/** An hour or a day in words. */
export function bucketName(start: number, per: Per): string {
  const format = new Intl.DateTimeFormat(language.value, {
    day: 'numeric',
    month: 'short',
    ...(per === 'hour' ? { hour: 'numeric', minute: '2-digit' } : {}),
  });
  return format.format(start);
}
