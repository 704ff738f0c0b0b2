using NanoComm.Hal;
using NanoComm.Records;

namespace NanoComm.WiSun
{
    /// <summary>
    /// Channel and PAN id of the unit: chosen once, from what a scan found, and kept in a durable record from then on
    /// (channel u8, PAN u16), because clients remember them.
    /// </summary>
    public sealed class ChannelPlan
    {
        /// <summary>The durable record's name.</summary>
        public const string Record = RecordCatalogue.ChannelPlan;

        private const int RecordLength = 3;
        private const int MaxPans = 32;
        private const int BroadcastPan = 0xFFFF;
        private const int Attempts = 64;

        private readonly IDurableStore _store;
        private readonly IRandomSource _random;
        private readonly byte[] _record = new byte[RecordLength];
        private readonly byte[] _energies = new byte[SkParser.ChannelCount];
        private readonly int[] _pans = new int[MaxPans];
        private int _panCount;

        /// <summary>Reads the record.</summary>
        /// <param name="store">Holds it.</param>
        /// <param name="random">Chooses where a scan leaves a choice.</param>
        public ChannelPlan(IDurableStore store, IRandomSource random)
        {
            _store = store;
            _random = random;
            if (store.Read(Record, _record) == RecordLength)
            {
                int channel = _record[0];
                int pan = (_record[1] << 8) | _record[2];
                IsChosen = channel >= SkParser.FirstChannel && channel < SkParser.FirstChannel + SkParser.ChannelCount
                    && pan != BroadcastPan;
                Channel = channel;
                PanId = pan;
            }

            Forget();
        }

        /// <summary>Whether there is a choice.</summary>
        public bool IsChosen { get; private set; }

        /// <summary>The channel, 0x21…0x3C.</summary>
        public int Channel { get; private set; }

        /// <summary>The PAN id, anything but 0xFFFF.</summary>
        public int PanId { get; private set; }

        /// <summary>A scan begins: forgets what was found before.</summary>
        public void Forget()
        {
            _panCount = 0;
            for (int i = 0; i < SkParser.ChannelCount; i++)
            {
                _energies[i] = 0;
            }
        }

        /// <summary>Takes what an ED scan found.</summary>
        /// <param name="energies">For each channel.</param>
        public void TakeEnergies(byte[] energies)
        {
            for (int i = 0; i < SkParser.ChannelCount; i++)
            {
                _energies[i] = energies[i];
            }
        }

        /// <summary>Takes a PAN id that somebody uses.</summary>
        public void TakePan(int pan)
        {
            if (_panCount < MaxPans)
            {
                _pans[_panCount++] = pan;
            }
        }

        /// <summary>Chooses: one of the quietest channels, and a PAN id that nobody uses.</summary>
        /// <returns>False when the choice did not become durable: it holds until the next start.</returns>
        public bool Choose()
        {
            Channel = SkParser.FirstChannel + ChooseQuietest();
            PanId = RandomPan();
            for (int i = 0; i < Attempts && IsUsed(PanId); i++)
            {
                PanId = RandomPan();
            }

            IsChosen = true;
            _record[0] = (byte)Channel;
            _record[1] = (byte)(PanId >> 8);
            _record[2] = (byte)PanId;
            return _store.Write(Record, _record, RecordLength);
        }

        // Neighbours that start at the same moment and hear the same should not all take the first one.
        private int ChooseQuietest()
        {
            int least = 0;
            int count = 0;
            for (int i = 0; i < SkParser.ChannelCount; i++)
            {
                if (i == 0 || _energies[i] < _energies[least])
                {
                    least = i;
                    count = 0;
                }

                count += _energies[i] == _energies[least] ? 1 : 0;
            }

            _random.Fill(_record, 0, 1);
            int skip = _record[0] % count;
            int chosen = least;
            while (skip > 0)
            {
                chosen++;
                skip -= _energies[chosen] == _energies[least] ? 1 : 0;
            }

            return chosen;
        }

        private int RandomPan()
        {
            _random.Fill(_record, 1, 2);
            int pan = (_record[1] << 8) | _record[2];
            return pan == BroadcastPan ? BroadcastPan - 1 : pan;
        }

        private bool IsUsed(int pan)
        {
            for (int i = 0; i < _panCount; i++)
            {
                if (_pans[i] == pan)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
