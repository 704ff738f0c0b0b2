// The one stream: events of JSON, by name. It comes back by itself; whoever begins anew is told everything anew.

const SILENCE = 40_000;
const AGAIN = 3_000;

/** Follows the stream.
 * @param {Object<string, function(object): void>} handlers by the event's name
 * @param {function('open'|'lost'): void} told how the connection is */
export function follow(handlers, told) {
  let source = null;
  let heard = Date.now();
  let timer = null;

  function open() {
    clearTimeout(timer);
    source = new EventSource('/stream');
    source.onopen = () => {
      heard = Date.now();
      told('open');
    };
    source.onerror = () => {
      told('lost');
      if (source.readyState === EventSource.CLOSED) {
        again();
      }
    };
    for (const [name, handle] of Object.entries(handlers)) {
      source.addEventListener(name, message => {
        heard = Date.now();
        handle(JSON.parse(message.data));
      });
    }
  }

  function again() {
    source.close();
    clearTimeout(timer);
    timer = setTimeout(open, AGAIN);
  }

  // A connection that is dead without having been closed; a computer that slept.
  setInterval(() => {
    if (source.readyState === EventSource.OPEN && Date.now() - heard > SILENCE) {
      told('lost');
      again();
    }
  }, 5_000);

  open();
}
