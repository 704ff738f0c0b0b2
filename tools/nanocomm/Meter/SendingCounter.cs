using System;
using System.Globalization;
using System.IO;
using System.Text;
using NanoComm.CommandLine;
using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>
    /// The utility's sending counter under the keys to one metering unit, in a file beside theirs. None is used twice: a
    /// message that two plaintexts share one with gives both away, and the key of the tags. Counters are reserved ahead; a
    /// lost file is made up for by the time, for they are at least the seconds since 2020.
    /// </summary>
    internal sealed class SendingCounter
    {
        private const uint Block = 1024;
        private const uint Last = uint.MaxValue - 1;

        private readonly string _path;
        private uint _next;
        private uint _reserved;

        /// <summary>Reads where it stands.</summary>
        /// <param name="keys">The file of the keys.</param>
        /// <exception cref="UserError">The file makes no sense.</exception>
        public SendingCounter(string keys)
        {
            _path = keys + ".counter";
            DateTimeOffset now = DateTimeOffset.UtcNow;
            _next = Math.Max(now < UtilityTime.ToTime(0) ? 0 : UtilityTime.FromTime(now), Read());
            _reserved = _next;
        }

        /// <summary>Takes the next one.</summary>
        /// <exception cref="UserError">There is none left, or the file cannot be written.</exception>
        public uint Next()
        {
            if (_next >= Last - Block)
            {
                throw new UserError($"--keys: the counter in {_path} is at its end: these keys are used up, the metering unit needs new "
                    + "ones");
            }

            if (_next == _reserved)
            {
                Write(_reserved + Block);
                _reserved += Block;
            }

            return _next++;
        }

        private uint Read()
        {
            try
            {
                string text = File.ReadAllText(_path);
                return uint.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out uint value) ? value
                    : throw new UserError($"--keys: {_path} should hold the next counter, a number, and does not: put the last good copy "
                        + "of it there");
            }
            catch (FileNotFoundException)
            {
                return 0;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new UserError($"--keys: {error.Message}");
            }
        }

        private void Write(uint value)
        {
            try
            {
                DurableFile.Write(_path, Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture) + "\n"));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new UserError($"--keys: the counter beside them cannot be kept, and without it nothing is sent: {error.Message}");
            }
        }
    }
}
