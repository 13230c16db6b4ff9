/**
 * Tries: to reach a listener of the machine by TCP, by each module that could.
 * Must: no connection is opened.
 */
import type { ProcessAttack } from '../harness/processes.ts';

export const attack: ProcessAttack = {
  attempts: {
    net: `() => new Promise((done, fail) => use('net').connect(target.port, '127.0.0.1').on('connect', () => done(1)).on('error', fail))`,
    http: `() => new Promise((done, fail) => use('http').get('http://127.0.0.1:' + target.port, done).on('error', fail))`,
    fetch: `() => fetch('http://127.0.0.1:' + target.port)`,
    socket: `() => new Promise((done, fail) => { const socket = new WebSocket('ws://127.0.0.1:' + target.port); socket.onopen = done; socket.onerror = () => fail(new Error('closed')); })`,
    tls: `() => new Promise((done, fail) => use('tls').connect(target.port, '127.0.0.1').on('secureConnect', done).on('error', fail))`,
    http2: `() => new Promise((done, fail) => use('http2').connect('http://127.0.0.1:' + target.port).on('connect', done).on('error', fail))`,
  },
};
