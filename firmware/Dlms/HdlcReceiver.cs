using System;
using NanoComm.Bytes;
using NanoComm.Hal;

namespace NanoComm.Dlms
{
    /// <summary>
    /// Finds frames in what the line delivers. Whatever turns out not to be a frame is given up byte by byte: the
    /// search goes on at the next flag behind the one that misled it, so noise costs itself and no frame behind it.
    /// </summary>
    public sealed class HdlcReceiver
    {
        private const int DropReasons = (int)HdlcDrop.Address + 1;
        private const int Incomplete = -1;
        private const int Good = -2;

        private readonly byte[] _buffer;
        private readonly int[] _drops = new int[DropReasons];
        private int _start;
        private int _end;
        private int _taken;
        private int _informationLength;
        private int _damaged;
        private byte _destination;
        private byte _source;

        /// <summary>Makes a receiver.</summary>
        /// <param name="maxInformation">Longest information field in bytes, 1…2,030; longer frames are dropped.</param>
        public HdlcReceiver(int maxInformation)
        {
            // One frame fits, and never more is looked at: a full buffer always holds a frame or something to give up.
            _buffer = new byte[maxInformation + HdlcFrame.Overhead];
        }

        /// <summary>Where the frame's information is; valid until the next call.</summary>
        public byte[] Buffer => _buffer;

        /// <summary>Offset of the frame's information.</summary>
        public int InformationOffset => _start + HdlcFrame.InformationOffset;

        /// <summary>Length of the frame's information in bytes, 0 for none.</summary>
        public int InformationLength => _informationLength;

        /// <summary>The frame's control field.</summary>
        public byte Control => _buffer[_start + HdlcFrame.ControlOffset];

        /// <summary>Whether the APDU goes on in the next frame.</summary>
        public bool IsSegment => (_buffer[_start + HdlcFrame.FormatOffset] & HdlcFrame.SegmentationBit) != 0;

        /// <summary>Whether bytes are there that may become a frame.</summary>
        public bool IsInFrame => _end - _start > 1;

        /// <summary>Bytes outside of frames, since the start.</summary>
        public int NoiseBytes { get; private set; }

        /// <summary>Parts of a frame dropped that were no frame, for whatever reason, since the start: damaged, or
        /// noise.</summary>
        public int Damaged => _damaged;

        /// <summary>How often something was dropped for a reason, since the start.</summary>
        /// <param name="reason">The reason.</param>
        public int Drops(HdlcDrop reason)
        {
            return _drops[(int)reason];
        }

        /// <summary>Forgets what was received and takes frames of one link only from now on.</summary>
        /// <param name="destination">Our address byte.</param>
        /// <param name="source">The peer's address byte.</param>
        public void Reset(byte destination, byte source)
        {
            _destination = destination;
            _source = source;
            _start = 0;
            _end = 0;
            _taken = 0;
        }

        /// <summary>Takes bytes from the line, as many as there is room for. Look for frames afterwards.</summary>
        /// <param name="line">The line.</param>
        /// <returns>How many bytes; 0 when none were there.</returns>
        public int Fill(ISerialLine line)
        {
            Release();
            if (_start > 0)
            {
                Array.Copy(_buffer, _start, _buffer, 0, _end - _start);
                _end -= _start;
                _start = 0;
            }

            int count = line.Read(_buffer, _end, _buffer.Length - _end);
            _end += count;
            return count;
        }

        /// <summary>Looks for the next frame, and lets go of the one before.</summary>
        /// <returns>True when there is one: see the properties. False when bytes are missing.</returns>
        public bool Next()
        {
            Release();
            while (FindFlag())
            {
                int verdict = Examine();
                if (verdict == Good)
                {
                    return true;
                }

                if (verdict == Incomplete)
                {
                    return false;
                }

                Drop((HdlcDrop)verdict);
            }

            return false;
        }

        /// <summary>The line fell silent: what is incomplete stays so. Looks for a frame behind it.</summary>
        /// <returns>As <see cref="Next"/>.</returns>
        public bool GiveUp()
        {
            while (!Next())
            {
                if (!IsInFrame)
                {
                    return false;
                }

                Drop(HdlcDrop.Silence);
            }

            return true;
        }

        // The closing flag stays: it may open the next frame.
        private void Release()
        {
            _start += _taken;
            _taken = 0;
        }

        // Skips to the last of a row of flags.
        private bool FindFlag()
        {
            while (_start < _end && _buffer[_start] != HdlcFrame.Flag)
            {
                _start++;
                NoiseBytes++;
            }

            while (_end - _start > 1 && _buffer[_start + 1] == HdlcFrame.Flag)
            {
                _start++;
            }

            return _start < _end;
        }

        private int Examine()
        {
            int count = _end - _start;
            if (count > HdlcFrame.FormatOffset
                && (_buffer[_start + HdlcFrame.FormatOffset] & HdlcFrame.FormatTypeMask) != HdlcFrame.FormatType)
            {
                return (int)HdlcDrop.Format;
            }

            if (count <= HdlcFrame.FormatOffset + 1)
            {
                return Incomplete;
            }

            int length = HdlcFrame.Length(_buffer, _start);
            bool hasInformation = length >= HdlcFrame.MinLengthWithInformation;
            if ((length != HdlcFrame.MinLength && !hasInformation) || length + 2 > _buffer.Length)
            {
                return (int)HdlcDrop.Length;
            }

            if (hasInformation && count >= HdlcFrame.InformationOffset && !HdlcFrame.IsHeaderGood(_buffer, _start))
            {
                return (int)HdlcDrop.Hcs;
            }

            return count < length + 2 ? Incomplete : ExamineWhole(length, hasInformation);
        }

        private int ExamineWhole(int length, bool hasInformation)
        {
            int first = _start + HdlcFrame.FormatOffset;
            if (_buffer[first + length] != HdlcFrame.Flag)
            {
                return (int)HdlcDrop.NoEnd;
            }

            if (!Crc16.Matches(_buffer, first, length - Crc16.Length))
            {
                return (int)HdlcDrop.Fcs;
            }

            if (_buffer[_start + HdlcFrame.DestinationOffset] != _destination
                || _buffer[_start + HdlcFrame.SourceOffset] != _source)
            {
                return (int)HdlcDrop.Address;
            }

            _taken = length + 1;
            _informationLength = hasInformation ? length - HdlcFrame.MinLength - Crc16.Length : 0;
            return Good;
        }

        private void Drop(HdlcDrop reason)
        {
            _drops[(int)reason]++;
            _damaged += reason == HdlcDrop.Address ? 0 : 1;
            _start++;
        }
    }
}
