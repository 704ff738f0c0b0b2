using System;
using System.Collections.Generic;
using NanoComm.Hems;

namespace NanoComm.MeterConformance
{
    /// <summary>One object of the meter: what it says of itself, asked for once and kept.</summary>
    public sealed class TestedObject
    {
        /// <summary>Property map of announcements.</summary>
        public const byte InfMapEpc = 0x9D;

        /// <summary>Property map of Set.</summary>
        public const byte SetMapEpc = 0x9E;

        /// <summary>Property map of Get.</summary>
        public const byte GetMapEpc = 0x9F;

        private const byte StandardVersion = 0x82;
        private const int ReleaseAt = 2;
        private const int VersionLength = 4;
        private const byte LowerCase = 0x20;

        private readonly MeterDialog _dialog;
        private readonly Dictionary<byte, byte[]> _values = new();

        internal TestedObject(MeterDialog dialog, int eoj)
        {
            _dialog = dialog;
            Eoj = eoj;
        }

        /// <summary>Its code, e.g. 028801.</summary>
        public int Eoj { get; }

        /// <summary>Its class, e.g. 0288.</summary>
        public int Class => Eoj >> 8;

        /// <summary>What it says can be read.</summary>
        public IReadOnlyList<byte> GetMap => Map(GetMapEpc);

        /// <summary>What it says can be set.</summary>
        public IReadOnlyList<byte> SetMap => Map(SetMapEpc);

        /// <summary>What it says is announced.</summary>
        public IReadOnlyList<byte> InfMap => Map(InfMapEpc);

        /// <summary>The release of the appendix that it follows, A…Z; Z when it does not say.</summary>
        public char Release => Value(StandardVersion) is { Length: VersionLength } version && char.IsAsciiLetter((char)version[ReleaseAt])
            ? (char)(version[ReleaseAt] & ~LowerCase) : 'Z';

        /// <summary>The value of a property, as it was when it was first asked for.</summary>
        /// <returns>Null when it is refused.</returns>
        /// <exception cref="MeterSilentException">No answer.</exception>
        public byte[] Value(byte epc)
        {
            if (!_values.TryGetValue(epc, out byte[] value))
            {
                value = Read(epc);
                _values[epc] = value;
            }

            return value;
        }

        /// <summary>The value of a property, as it is now.</summary>
        /// <returns>Null when it is refused.</returns>
        /// <exception cref="MeterSilentException">No answer.</exception>
        public byte[] Read(byte epc, PathEnd end = PathEnd.Controller)
        {
            return _dialog.Ask(MeterDialog.Request(Eoj, EchonetMessage.Get, (epc, [])), end).Find(epc);
        }

        /// <summary>Asks for properties in one request.</summary>
        public EchonetMessage Get(params byte[] epcs)
        {
            return _dialog.Ask(MeterDialog.Request(Eoj, EchonetMessage.Get, Array.ConvertAll(epcs, epc => (epc, Array.Empty<byte>()))));
        }

        private IReadOnlyList<byte> Map(byte epc)
        {
            return Value(epc) is byte[] map ? EchonetFrames.ReadMap(map).Epcs : [];
        }
    }
}
