using System.Linq;
using NanoComm.Hil;

namespace NanoComm.Tests.Hil
{
    /// <summary>Its medium marks the factory keys as gone, and keeps them.</summary>
    internal sealed class KeepingBoard(IBenchClock clock, IBoardUnderTest board) : BoardProxy(clock, board)
    {
        private byte[] _factory;

        public override void Put(string name, byte[] content)
        {
            base.Put(name, content);
            _factory = name == "factory" ? content : _factory;
        }

        public override byte[][] Read(params string[] names)
        {
            return [.. base.Read(names).Zip(names, (content, name) => name == "factory" ? _factory : content)];
        }
    }
}
