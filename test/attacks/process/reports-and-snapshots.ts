/**
 * Tries: to write files by the tools that look into a process: reports, heap snapshots, profiles, traces.
 * Must: nothing is written.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    report: `() => process.report.writeReport(target.folder + '/report.json') || null.x`,
    snapshot: `() => use('v8').writeHeapSnapshot(target.folder + '/heap')`,
    coverage: `() => { process.env.NODE_V8_COVERAGE = target.folder + '/coverage'; use('v8').takeCoverage(); throw new Error('nothing told'); }`,
    log: `() => { use('v8').setFlagsFromString('--log --logfile=' + target.folder + '/v8.log --log-all'); eval('(function a() { return 1; })()'); throw new Error('nothing told'); }`,
    traces: `() => { const tracing = use('trace_events').createTracing({ categories: ['v8', 'node'] }); tracing.enable(); tracing.disable(); throw new Error('nothing told'); }`,
  },
};
