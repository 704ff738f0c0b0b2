namespace NanoComm.RouteB
{
    /// <summary>
    /// How many bytes go to senders who may not be who they seem, all together: four times their own, and a thousand a
    /// second. Who sends in another's name gains nothing by it.
    /// </summary>
    internal sealed class ReflectionBudget
    {
        /// <summary>How many times its own length goes out to anybody.</summary>
        public const int Factor = 4;

        private const long PerSecond = 1000;

        // In thousandths of bytes, of which a thousand bytes a second bring a thousand each millisecond.
        private const long Byte = 1000;

        private long _saved = PerSecond * Byte;

        /// <summary>Adds what the time has brought.</summary>
        /// <param name="elapsed">Milliseconds since the last call.</param>
        public void Refill(long elapsed)
        {
            Save(elapsed * PerSecond);
        }

        /// <summary>Spends on an answer, if there is enough.</summary>
        /// <param name="requestLength">Bytes of the request, whose four times is spent first; what is left of it is
        /// saved.</param>
        /// <param name="answerLength">Bytes of the answer.</param>
        /// <returns>False when the answer is too long for now.</returns>
        public bool Spends(int requestLength, int answerLength)
        {
            long saved = _saved + (((Factor * requestLength) - answerLength) * Byte);
            if (saved < 0)
            {
                Save(Factor * requestLength * Byte);
                return false;
            }

            _saved = 0;
            Save(saved);
            return true;
        }

        private void Save(long more)
        {
            long saved = _saved + more;
            _saved = saved > PerSecond * Byte ? PerSecond * Byte : saved;
        }
    }
}
