/**
 * Tries: to reach a listener by a local socket (such is the way to the database), by path and by abstract name.
 * Must: no connection is opened.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    path: `() => new Promise((done, fail) => use('net').connect(target.socket).on('connect', () => done(1)).on('error', fail))`,
    abstract: `() => new Promise((done, fail) => use('net').connect('\\0theseus').on('connect', () => done(1)).on('error', fail))`,
    http: `() => new Promise((done, fail) => use('http').get({ socketPath: target.socket }, done).on('error', fail))`,
  },
};
