using System.Collections.Generic;
using System.Globalization;

namespace NanoComm.Simulators.WiSun
{
    /// <summary>The virtual registers of a module (SKSREG).</summary>
    internal sealed class ModuleRegisters
    {
        public const int PairingIdLength = 8;

        private const string DefaultPairingId = "CCDDEEFF";

        // Width in digits, range, value after a reset. S16, S17, S02, S03, S15, SFE and SFF are as the BP35A1 command
        // reference has them; SA2 exists in C2 alone here (LQI in ERXUDP), as it differs from firmware to firmware.
        private static readonly Register[] Known =
        [
            new("S02", 2, WiSunAir.FirstChannel, WiSunAir.LastChannel, WiSunAir.FirstChannel),
            new("S03", 4, 0, 0xFFFF, 0xFFFF),
            new("S15", 1, 0, 1, 0),
            new("S16", 8, 0x3C, uint.MaxValue, 0x384),
            new("S17", 1, 0, 1, 1),
            new("SA0", 1, 0, 1, 0),
            new("SA1", 1, 0, 1, 1),
            new("SA2", 1, 0, 1, 0),
            new("SFA", 1, 0, 1, 1),
            new("SFE", 1, 0, 1, 1),
            new("SFF", 1, 0, 1, 0),
        ];

        private readonly Dictionary<string, long> _values = new();

        public ModuleRegisters()
        {
            Reset();
        }

        public byte Channel => (byte)_values["S02"];

        public ushort Pan => (ushort)_values["S03"];

        public string PairingId { get; set; }

        public bool AnswersBeaconRequests
        {
            get => _values["S15"] == 1;
            set => _values["S15"] = value ? 1 : 0;
        }

        public uint Lifetime => (uint)_values["S16"];

        public bool RefreshesItself => _values["S17"] == 1;

        public bool AnswersEcho => _values["SA1"] == 1;

        public bool PrintsLqi => _values["SA2"] == 1;

        public bool LimitsTransmitTime => _values["SFA"] == 1;

        public bool Echoes => _values["SFE"] == 1;

        public bool LoadsAtStart => _values["SFF"] == 1;

        public void Reset()
        {
            PairingId = DefaultPairingId;
            foreach (Register register in Known)
            {
                _values[register.Name] = register.Default;
            }
        }

        public bool Exists(string name)
        {
            return name == "S0A" || Find(name) != null;
        }

        public string Read(string name)
        {
            return name == "S0A" ? PairingId : _values[name].ToString("X" + Find(name).Digits);
        }

        /// <summary>False when the value does not fit the register.</summary>
        public bool Write(string name, string text)
        {
            if (name == "S0A")
            {
                bool fits = text.Length == PairingIdLength;
                PairingId = fits ? text : PairingId;
                return fits;
            }

            Register register = Find(name);
            if (text.Length == 0 || text.Length > register.Digits || !long.TryParse(text,
                NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long value)
                || value < register.Least || value > register.Most)
            {
                return false;
            }

            _values[name] = value;
            return true;
        }

        public ModuleRegisters Clone()
        {
            var copy = new ModuleRegisters { PairingId = PairingId };
            foreach ((string name, long value) in _values)
            {
                copy._values[name] = value;
            }

            return copy;
        }

        private static Register Find(string name)
        {
            foreach (Register register in Known)
            {
                if (register.Name == name)
                {
                    return register;
                }
            }

            return null;
        }

        private sealed record Register(string Name, int Digits, long Least, long Most, long Default);
    }
}
