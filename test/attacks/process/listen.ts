/**
 * Tries: to listen, and wait for others to come.
 * Must: nothing is listened on.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    tcp: `() => new Promise((done, fail) => use('net').createServer().on('error', fail).listen(0, '127.0.0.1', done))`,
    local: `() => new Promise((done, fail) => use('net').createServer().on('error', fail).listen(target.folder + '/own-socket', done))`,
    http: `() => new Promise((done, fail) => use('http').createServer().on('error', fail).listen(0, done))`,
  },
};
