// Several workers on one list, and the results in the order of the list: how many there are changes when
// a result is there, never which comes next.

/**
 * Works on the items, each worker on one at a time, and yields the results in the order of the items. A
 * single worker goes no further than it is asked to. What `work` throws is thrown in its turn.
 */
export async function* inOrder<Item, Worker, Result>(
  items: readonly Item[],
  workers: readonly [Worker, ...Worker[]],
  work: (item: Item, worker: Worker) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const [first, ...others] = workers;
  if (others.length === 0) {
    for (const item of items) yield await work(item, first);
    return;
  }
  const slots = items.map(slotOf<Item, Result>);
  let next = 0;
  const labour = async (worker: Worker): Promise<void> => {
    for (let slot = slots[next++]; slot !== undefined; slot = slots[next++]) {
      slot.fill(work(slot.item, worker));
      await slot.result;
    }
  };
  // An error is thrown where its result would have been; that it also ends a worker is nothing new.
  for (const worker of workers) void labour(worker).catch(() => undefined);
  try {
    for (const { result } of slots) yield await result;
  } finally {
    next = slots.length;
  }
}

/** The place of a result that is not there yet. */
interface Slot<Item, Result> {
  readonly item: Item;
  readonly result: Promise<Result>;
  readonly fill: (result: Promise<Result>) => void;
}

function slotOf<Item, Result>(item: Item): Slot<Item, Result> {
  let fill: (result: Promise<Result>) => void = () => undefined;
  const result = new Promise<Result>((resolve) => {
    fill = resolve;
  });
  return { item, result, fill };
}
