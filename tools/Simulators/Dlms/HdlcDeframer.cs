using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// Finds frames in a stream of bytes. Format type 3 has no byte stuffing, so a flag ends a frame only where the
    /// length says so; where it does not, the search begins again right behind the flag that opened the frame, and a
    /// cut frame costs no more than itself.
    /// </summary>
    public sealed class HdlcDeframer
    {
        private readonly List<byte> _bytes = new();

        /// <summary>Frames thrown away: check sequence, length or closing flag was wrong.</summary>
        public int Bad { get; private set; }

        /// <summary>Takes bytes.</summary>
        /// <returns>The frames that are now complete.</returns>
        public List<HdlcFrame> Push(ReadOnlySpan<byte> bytes)
        {
            var frames = new List<HdlcFrame>();
            _bytes.AddRange(bytes);
            while (TakeFrame(frames))
            {
            }

            return frames;
        }

        /// <summary>Forgets a frame that has begun: the pause between two bytes was too long.</summary>
        public void Reset()
        {
            _bytes.Clear();
        }

        // False when more bytes are needed.
        private bool TakeFrame(List<HdlcFrame> frames)
        {
            int flag = _bytes.IndexOf(HdlcFrame.Flag);
            if (flag < 0)
            {
                _bytes.Clear();
                return false;
            }

            // Between two frames one flag serves both, or there are any number of them.
            while (flag + 1 < _bytes.Count && _bytes[flag + 1] == HdlcFrame.Flag)
            {
                flag++;
            }

            _bytes.RemoveRange(0, flag);
            if (_bytes.Count < 3)
            {
                return false;
            }

            // The header has a check sequence of its own: a wrong one is not waited for to the end of a wrong length.
            int length = HdlcFrame.LengthOf(_bytes[1], _bytes[2]);
            ReadOnlySpan<byte> bytes = CollectionsMarshal.AsSpan(_bytes)[1..];
            int header = HdlcFrame.HeaderLengthOf(bytes);
            int check = header + 2;
            bool hasHeader = header > 0 && _bytes.Count > check;
            if (length == 0 || header < 0 || (header > 0 && length < check)
                || (hasHeader && !HdlcFrame.EndsWithCheck(bytes[..check])))
            {
                return Skip();
            }

            if (_bytes.Count < length + 2)
            {
                return false;
            }

            if (_bytes[length + 1] != HdlcFrame.Flag
                || !HdlcFrame.TryParse(bytes[..length], out HdlcFrame frame))
            {
                return Skip();
            }

            frames.Add(frame);
            _bytes.RemoveRange(0, length + 1);
            return true;
        }

        private bool Skip()
        {
            Bad++;
            _bytes.RemoveAt(0);
            return true;
        }
    }
}
