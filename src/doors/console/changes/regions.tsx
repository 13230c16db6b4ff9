/** For which rows formulas may give something else, as it was written: all others are held to what they got. Altered here before it is asked again. */
import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ChangeDetail } from '#api/client';
import { regionsOf, type WrittenRegions } from './written-regions.ts';

export function Regions({
  change,
  askAgain,
}: {
  readonly change: ChangeDetail;
  readonly askAgain: ((regions: WrittenRegions) => void) | undefined;
}): ReactNode {
  const [edits, setEdits] = useState<WrittenRegions>({});
  const regions = { ...regionsOf(change), ...edits };
  const names = Object.keys(regions);
  if (names.length === 0) return null;
  const differs = names.some((formula) => edits[formula] !== undefined && edits[formula] !== regionsOf(change)[formula]);
  return (
    <div className="stack" style={{ gap: '0.4rem' }}>
      {names.map((formula) => (
        <TextInput
          key={formula}
          size="xs"
          label={`${formula} may give something else only where`}
          value={regions[formula] ?? ''}
          readOnly={askAgain === undefined}
          onChange={({ currentTarget }) => setEdits({ ...edits, [formula]: currentTarget.value })}
        />
      ))}
      {askAgain !== undefined && differs && (
        <div className="row">
          <Button disabled={names.some((formula) => (regions[formula] ?? '').trim() === '')} onClick={() => askAgain(regions)}>
            {change.outcome === null ? 'Cancel it, and ask again for these rows' : 'Ask again for these rows'}
          </Button>
          <Button variant="default" onClick={() => setEdits({})}>
            As they were
          </Button>
        </div>
      )}
    </div>
  );
}
