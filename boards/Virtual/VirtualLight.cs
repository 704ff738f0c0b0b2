using NanoComm.Hal;

namespace NanoComm.Virtual
{
    /// <summary>A light that the view looks at.</summary>
    internal sealed class VirtualLight : IIndicator
    {
        private volatile bool _lit;

        /// <summary>Whether it is lit now.</summary>
        public bool Lit => _lit;

        public void Set(bool lit)
        {
            _lit = lit;
        }
    }
}
