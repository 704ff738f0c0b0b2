using NanoComm.Hal;

namespace NanoComm.Supervision
{
    /// <summary>
    /// Shows the unit's state by its one light, for a technician in daylight (requirement R28): what is to be counted
    /// flashes for a fifth of a second and at most three times, long is four times short, and each pattern is seen
    /// twice in five seconds.
    /// <code>
    /// | Light | Means | What to do |
    /// |---|---|---|
    /// | dark | no power, or starting (a few seconds) | check the supply |
    /// | one short flash, long pause | not paired, no ticket | load a ticket |
    /// | two short flashes, long pause | ticket loaded, about to be used | wait |
    /// | flickers fast | pairing | wait, leave it on the meter |
    /// | steady | paired, readings arrive | done |
    /// | steady, goes out for a moment every two seconds | paired, readings arrive, but not all of them | done; tell the office which meter it is |
    /// | two long flashes, pause | paired; a part of the unit hung within the last hour and it restarted itself, or is about to | done: it goes on by itself; tell the office which meter it is |
    /// | slowly on and off, evenly | the metering unit does not answer, or not properly | check seat and line |
    /// | three short flashes, long pause | the ticket was refused | ask the tool why |
    /// | one long and one short flash | replaced, retired or erased | take it off, send it back |
    /// </code>
    /// </summary>
    public sealed class UnitLight : IReaction
    {
        private const int Short = 200;
        private const int Flicker = 100;
        private const int Long = 800;
        private const int Pause = 1200;
        private const int Slow = 1000;
        private const int Wink = 1800;
        private const int Rest = 700;

        // Milliseconds lit, dark, lit, dark…, by pattern. One number: steady.
        private static readonly int[][] Times =
        {
            new int[0],
            new int[] { Short, Pause },
            new int[] { Short, Short, Short, Pause },
            new int[] { Flicker, Flicker },
            new int[] { 1 },
            new int[] { Slow, Slow },
            new int[] { Short, Short, Short, Short, Short, Pause },
            new int[] { Long, Short, Short, Pause },
            new int[] { Wink, Short },
            new int[] { Long, Short, Long, Rest },
        };

        private readonly IIndicator _light;
        private readonly ILightSource _source;
        private LightPattern _pattern = LightPattern.None;
        private int _phase;
        private long _until;

        /// <summary>Makes it; the light stays as it is until the first step.</summary>
        /// <param name="light">The light, from now on this object's alone.</param>
        /// <param name="source">Tells the pattern; whoever changes it wakes this loop.</param>
        public UnitLight(IIndicator light, ILightSource source)
        {
            _light = light;
            _source = source;
        }

        /// <inheritdoc/>
        public long Step(long now)
        {
            LightPattern pattern = _source.Pattern;
            int[] times = Times[(int)pattern];
            if (pattern != _pattern)
            {
                _pattern = pattern;
                _phase = 0;
                _until = now + (times.Length > 0 ? times[0] : 0);
            }

            if (times.Length < 2)
            {
                _light.Set(times.Length == 1);
                return Deadline.Never;
            }

            while (now >= _until)
            {
                _phase = _phase + 1 < times.Length ? _phase + 1 : 0;
                _until += times[_phase];
            }

            _light.Set(_phase % 2 == 0);
            return _until;
        }
    }
}
