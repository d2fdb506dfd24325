/** What is open, closed in reverse order, each once, whatever happens to the others. */
export class Closers {
  #closers: (() => Promise<unknown>)[] = [];
  #closing: Promise<void> | null = null;

  /** What opened last closes first. */
  add(close: () => Promise<unknown>): void {
    this.#closers.push(close);
  }

  /** @param complain told of what did not close; the rest is closed all the same */
  closeAll(complain: (thrown: unknown) => void = () => undefined): Promise<void> {
    this.#closing ??= this.#run(complain);
    return this.#closing;
  }

  async #run(complain: (thrown: unknown) => void): Promise<void> {
    for (let close = this.#closers.pop(); close; close = this.#closers.pop()) {
      try {
        await close();
      } catch (thrown) {
        complain(thrown);
      }
    }
  }

  get closing(): boolean {
    return this.#closing !== null;
  }
}
