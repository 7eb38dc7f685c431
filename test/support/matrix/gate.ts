/** Lets a limited weight of work run at once, in the order in which it came. */
export class Gate {
  #free: number;
  readonly #waiting: { readonly weight: number; readonly enter: () => void }[] = [];

  constructor(capacity: number) {
    this.#free = capacity;
  }

  async run<T>(weight: number, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((enter) => {
      this.#waiting.push({ weight, enter });
      this.#letIn();
    });
    try {
      return await work();
    } finally {
      this.#free += weight;
      this.#letIn();
    }
  }

  #letIn(): void {
    for (
      let next = this.#waiting[0];
      next !== undefined && next.weight <= this.#free;
      next = this.#waiting[0]
    ) {
      this.#waiting.shift();
      this.#free -= next.weight;
      next.enter();
    }
  }
}
