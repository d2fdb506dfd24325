/** What is used of it. Its own types would bring all of Express's. */
declare module 'compression' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export default function compression(options: {
    /** Bytes below which an answer is sent as it is. */
    threshold: number;
  }): (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
}
