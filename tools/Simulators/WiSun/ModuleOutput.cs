using System;
using System.Collections.Generic;
using System.Text;

namespace NanoComm.Simulators.WiSun
{
    /// <summary>What a module says to its host, with all that can go wrong on the way. The order is kept, except of an
    /// OK that is late by fault.</summary>
    internal sealed class ModuleOutput
    {
        private const int LongestPause = 30;
        private const int MostPieces = 4;

        private static readonly byte[] LineEnd = "\r\n"u8.ToArray();

        private readonly SimulatedModule _module;
        private readonly Action<ReadOnlyMemory<byte>> _send;
        private readonly List<byte> _echo = new();
        private long _busyUntil;

        public ModuleOutput(SimulatedModule module, Action<ReadOnlyMemory<byte>> send)
        {
            _module = module;
            _send = send;
        }

        private ModuleFaults Faults => _module.Faults;

        public void Echo(byte value)
        {
            if (_module.Registers.Echoes || Faults.AlwaysEchoes)
            {
                _echo.Add(value);
            }
        }

        /// <summary>The echo goes out before anything else, and when the host pauses.</summary>
        public void FlushEcho()
        {
            if (_echo.Count > 0)
            {
                byte[] echo = _echo.ToArray();
                _echo.Clear();
                Put(echo);
            }
        }

        public void Line(string text)
        {
            Send([.. Encoding.Latin1.GetBytes(text), .. LineEnd]);
        }

        /// <summary>An OK, or whatever else may be lost or late by fault.</summary>
        public void Ok(string text)
        {
            if (_module.Happens(Faults.LosesOk))
            {
                return;
            }

            if (Faults.DelaysOk > 0)
            {
                _module.After(Faults.DelaysOk, () => Send(Encoding.Latin1.GetBytes(text)));
            }
            else
            {
                Send(Encoding.Latin1.GetBytes(text));
            }
        }

        public void Send(byte[] bytes)
        {
            FlushEcho();
            if (_module.Happens(Faults.StrayLines))
            {
                Put(LineEnd);
            }

            Put(bytes);
        }

        public void Clear()
        {
            _echo.Clear();
            _busyUntil = 0;
        }

        private void Put(byte[] bytes)
        {
            bytes = Spoil(bytes);
            if (!_module.Happens(Faults.SplitsLines))
            {
                Deliver(bytes);
                return;
            }

            int at = 0;
            for (int i = 1; i < MostPieces && at < bytes.Length; i++)
            {
                int end = _module.Air.Random.Next(at, bytes.Length + 1);
                Deliver(bytes[at..end]);
                at = end;
                _busyUntil = Math.Max(_busyUntil, _module.Now) + _module.Air.Random.Next(1, LongestPause);
            }

            Deliver(bytes[at..]);
        }

        private byte[] Spoil(byte[] bytes)
        {
            if (_module.Happens(Faults.TruncatesLines))
            {
                bytes = bytes[.._module.Air.Random.Next(bytes.Length)];
            }

            if (Faults.FlipsBits > 0)
            {
                bytes = (byte[])bytes.Clone();
                for (int i = 0; i < bytes.Length; i++)
                {
                    bytes[i] ^= _module.Happens(Faults.FlipsBits) ? (byte)(1 << _module.Air.Random.Next(8)) : (byte)0;
                }
            }

            return bytes;
        }

        private void Deliver(byte[] bytes)
        {
            if (bytes.Length == 0)
            {
                return;
            }

            if (_busyUntil <= _module.Now)
            {
                _send(bytes);
            }
            else
            {
                _module.AfterInThisPower(_busyUntil - _module.Now, () => _send(bytes));
            }
        }
    }
}
