/** One file, before and after, with the reasons for it: side by side where there is room, one under the other on a phone. */
import { useMediaQuery } from '@mantine/hooks';
import { Fragment, type ReactNode, useMemo, useState } from 'react';
import type { FileDifference as Difference, LineDifference } from '#api/client';
import { differenceParts, type Part } from './difference-parts.ts';
import { differenceRows, type Pair } from './difference-rows.ts';
import type { FileReason } from './file-reasons.ts';
import './file-difference.css';
import './writing.css';

const kindWords = { added: 'new', changed: 'changed', removed: 'removed' } as const;

export interface FileDifferenceProps {
  readonly file: Difference;
  /** Why it differs. */
  readonly reasons: readonly FileReason[];
  readonly open: boolean;
}

export function FileDifference({ file, reasons, open }: FileDifferenceProps): ReactNode {
  const roomy = useMediaQuery('(min-width: 64rem)', false, { getInitialValueInEffect: false }) === true;
  const rows = useMemo(() => differenceRows(file.lines), [file.lines]);
  const count = (kind: LineDifference['kind']): number => file.lines.filter((line) => line.kind === kind).length;
  // Where nothing went or nothing came, one side would stand empty.
  const wide = roomy && count('added') > 0 && count('removed') > 0;
  return (
    <details className="difference sheet" open={open}>
      <summary>
        <code>{file.path}</code>
        <span className="small">
          <span className="quiet">{kindWords[file.kind]}</span> <span className="difference-plus">+{count('added')}</span>{' '}
          <span className="difference-minus">−{count('removed')}</span>
        </span>
      </summary>
      {reasons.length > 0 && (
        <dl className="file-reasons small">
          {reasons.map(({ label, texts }) => (
            <Fragment key={label}>
              <dt>{label}</dt>
              <dd>
                {texts.map((text) => (
                  <p key={text}>{text}</p>
                ))}
              </dd>
            </Fragment>
          ))}
        </dl>
      )}
      <div className="difference-body" tabIndex={0} role="region" aria-label={`Difference of ${file.path}`}>
        <table className={wide ? 'difference-table difference-wide' : 'difference-table'}>
          <tbody>
            {rows.map((row, index) =>
              row.kind === 'pair' ? (
                <PairRows key={index} pair={row} wide={wide} />
              ) : (
                <FoldRows key={index} lines={row.lines} wide={wide} />
              ),
            )}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function FoldRows({ lines, wide }: { readonly lines: readonly LineDifference[]; readonly wide: boolean }): ReactNode {
  const [open, setOpen] = useState(false);
  if (open) return lines.map((line, index) => <PairRows key={index} pair={{ kind: 'pair', left: line, right: line }} wide={wide} />);
  return (
    <tr className="difference-fold">
      <td colSpan={4}>
        <button type="button" className="link-button small" onClick={() => setOpen(true)}>
          {lines.length} lines that did not change
        </button>
      </td>
    </tr>
  );
}

function PairRows({ pair: { left, right }, wide }: { readonly pair: Pair; readonly wide: boolean }): ReactNode {
  const same = left !== null && left === right;
  const marks = !same && left !== null && right !== null ? differenceParts(left.text, right.text) : null;
  if (wide) {
    return (
      <tr>
        <Cells line={left} number={left?.before ?? null} parts={marks?.left ?? null} same={same} />
        <Cells line={right} number={right?.after ?? null} parts={marks?.right ?? null} same={same} />
      </tr>
    );
  }
  if (same)
    return (
      <tr>
        <Cells line={left} number={left.after} parts={null} same />
      </tr>
    );
  return (
    <>
      {left !== null && (
        <tr>
          <Cells line={left} number={left.before} parts={marks?.left ?? null} same={false} />
        </tr>
      )}
      {right !== null && (
        <tr>
          <Cells line={right} number={right.after} parts={marks?.right ?? null} same={false} />
        </tr>
      )}
    </>
  );
}

function Cells({
  line,
  number,
  parts,
  same,
}: {
  readonly line: LineDifference | null;
  readonly number: number | null;
  readonly parts: readonly Part[] | null;
  readonly same: boolean;
}): ReactNode {
  if (line === null)
    return (
      <>
        <td className="difference-number difference-none" />
        <td className="difference-none" />
      </>
    );
  const kind = same ? 'same' : line.kind;
  const sign = kind === 'added' ? '+' : kind === 'removed' ? '−' : ' ';
  return (
    <>
      <td className={`difference-number difference-${kind}`} aria-hidden="true">
        {number}
      </td>
      <td className={`difference-line difference-${kind}`}>
        <span className="difference-sign">{sign}</span>{' '}
        {parts === null || parts.every((part) => part.changed)
          ? line.text
          : parts.map((part, index) =>
              part.changed ? <mark key={index}>{part.text}</mark> : <Fragment key={index}>{part.text}</Fragment>,
            )}
      </td>
    </>
  );
}
