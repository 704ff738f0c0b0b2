using NanoComm.Metering;

namespace NanoComm.MeterLink
{
    /// <summary>Passes on the rows that were asked for and no others, each quantity to its own buffer: a metering unit that
    /// answers with something else must not move a buffer's window.</summary>
    internal sealed class RowsAskedFor : IProfileSink
    {
        private IIntervalSink[] _inner;
        private long _from;
        private long _to;

        /// <summary>Says what is asked for next.</summary>
        /// <param name="inner">Takes the rows: active energy, then the others in the order of the row.</param>
        /// <param name="from">Time of the earliest row.</param>
        /// <param name="to">Time of the latest row.</param>
        public void Ask(IIntervalSink[] inner, long from, long to)
        {
            _inner = inner;
            _from = from;
            _to = to;
        }

        /// <inheritdoc/>
        public void Put(long time, uint[] values)
        {
            if (time < _from || time > _to)
            {
                return;
            }

            IIntervalSink[] inner = _inner;
            for (int i = 0; i < inner.Length; i++)
            {
                inner[i].Put(time, values[2 * i], values[(2 * i) + 1]);
            }
        }
    }
}
