/** What the change cost, phase by phase. */
import type { ReactNode } from 'react';
import type { CostJson } from '#api/client';
import { formatMilliseconds } from '../values/format.ts';
import { usePlace } from '../values/place.tsx';
import { stepWords } from './outcome-words.ts';
import './cost.css';

const order = Object.keys(stepWords);

export function Cost({ cost }: { readonly cost: CostJson }): ReactNode {
  const place = usePlace();
  const phases = [...cost.phases].sort((a, b) => order.indexOf(a.phase) - order.indexOf(b.phase));
  const longest = Math.max(1, ...cost.phases.map((phase) => phase.wallMs));
  return (
    <div className="sheet scroll-x">
      <table className="table cost">
        <thead>
          <tr>
            <th scope="col">Phase</th>
            <th scope="col" className="cost-bar">
              <span className="only-heard">Share</span>
            </th>
            <th scope="col" className="number">
              Waited
            </th>
            <th scope="col" className="number">
              Processor
            </th>
          </tr>
        </thead>
        <tbody>
          {phases.map((phase, index) => (
            <tr key={index}>
              <td>{phase.phase}</td>
              <td className="cost-bar" aria-hidden="true">
                <span style={{ width: `${(phase.wallMs / longest) * 100}%` }} />
              </td>
              <td className="number">{formatMilliseconds(phase.wallMs, place)}</td>
              <td className="number">{formatMilliseconds(phase.cpuMs, place)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">In all</th>
            <td className="cost-bar" />
            <td className="number">
              <strong>{formatMilliseconds(cost.wallMs, place)}</strong>
            </td>
            <td className="number">
              <strong>{formatMilliseconds(cost.cpuMs, place)}</strong>
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
