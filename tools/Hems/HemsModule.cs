using System;
using System.Text;

namespace NanoComm.Hems
{
    /// <summary>
    /// A Wi-SUN module with SKSTACK-IP as a controller uses it: commands out, lines in, and one thing at a time that is
    /// waited for. It has no clock: time comes with <see cref="Take"/> and <see cref="HemsTimers.Step"/>.
    /// </summary>
    internal sealed class HemsModule : HemsTimers
    {
        /// <summary>How long the answer to a command may take, ms.</summary>
        public const int CommandTimeout = 3000;

        private const string EndOfLine = "\r\n";

        private readonly SkLineReader _reader = new();
        private Expectation _expected;

        /// <summary>Bytes for the module.</summary>
        public event Action<ReadOnlyMemory<byte>> Send;

        /// <summary>A line of the module's.</summary>
        public event Action<SkLine> Heard;

        /// <summary>Takes bytes of the module's.</summary>
        public void Take(long now, ReadOnlySpan<byte> bytes)
        {
            Now = now;
            foreach (SkLine line in _reader.Read(bytes.ToArray()))
            {
                Hear(line);
            }
        }

        /// <summary>Forgets what is waited for, and what was to run later.</summary>
        public override void Forget()
        {
            base.Forget();
            _expected = null;
        }

        /// <summary>Waits for a line, in place of whatever was waited for.</summary>
        /// <param name="isMet">Whether it is this one; sees every line.</param>
        /// <param name="met">Is told the line.</param>
        /// <param name="failed">Is told FAIL, or null when the time is over.</param>
        /// <param name="timeout">How long.</param>
        public void Expect(Func<SkLine, bool> isMet, Action<SkLine> met, Action<SkLine> failed,
            int timeout = CommandTimeout)
        {
            var expectation = new Expectation(isMet, met, failed);
            _expected = expectation;
            After(timeout, () =>
            {
                if (_expected == expectation)
                {
                    _expected = null;
                    failed(null);
                }
            });
        }

        /// <summary>Sends a line.</summary>
        public void Write(string text, string end = EndOfLine)
        {
            Send?.Invoke(Encoding.ASCII.GetBytes(text + end));
        }

        /// <summary>Sends a command with data behind it.</summary>
        public void Write(string text, byte[] data)
        {
            Send?.Invoke((byte[])[.. Encoding.ASCII.GetBytes(text), .. data]);
        }

        private void Hear(SkLine line)
        {
            Heard?.Invoke(line);
            Expectation expected = _expected;
            if (expected == null)
            {
                return;
            }

            if (expected.IsMet(line))
            {
                _expected = null;
                expected.Met(line);
            }
            else if (line.IsFail)
            {
                _expected = null;
                expected.Failed(line);
            }
        }

        private sealed record Expectation(Func<SkLine, bool> IsMet, Action<SkLine> Met, Action<SkLine> Failed);
    }
}
