// SPDX-License-Identifier: MIT
pragma solidity =0.7.6;
pragma abicoder v2;

/// Asks contracts that nobody vouches for. Sent as an eth_call without `to`: the constructor does the calls, each
/// with a gas and a size limit, and "deploys" their answers as its code, which is what the eth_call returns.
/// A call that reverts, runs out of its gas, or goes to an account without code is answered with ok = false.
contract StaticCalls {
    constructor(
        address[] memory targets,
        bytes[] memory datas,
        uint256 gasEach,
        uint256 maxReturn,
        uint256 notBefore
    ) {
        // A node that has not come so far would find no code at a new contract, and that answer would be kept.
        require(block.timestamp >= notBefore, "the node is behind");
        require(targets.length == datas.length, "one datas entry for each target");
        bool[] memory ok = new bool[](targets.length);
        bytes[] memory data = new bytes[](targets.length);
        for (uint256 i = 0; i < targets.length; i++) {
            // A call gets at most 63/64 of what is left: with less it would fail for our lack of gas, not its fault.
            require(gasleft() > gasEach + gasEach / 63 + 20000, "more gas for the eth_call, or fewer targets");
            (ok[i], data[i]) = cappedStaticCall(targets[i], datas[i], gasEach, maxReturn);
        }
        bytes memory answer = abi.encode(ok, data);
        assembly {
            return(add(answer, 32), mload(answer))
        }
    }

    function cappedStaticCall(address target, bytes memory input, uint256 gasEach, uint256 maxReturn)
        private view returns (bool ok, bytes memory data)
    {
        uint256 codeSize;
        assembly {
            codeSize := extcodesize(target)
        }
        if (codeSize == 0) return (false, "");
        uint256 size;
        assembly {
            ok := staticcall(gasEach, target, add(input, 32), mload(input), 0, 0)
            size := returndatasize()
        }
        if (size > maxReturn) size = maxReturn;
        data = new bytes(size);
        assembly {
            returndatacopy(add(data, 32), 0, size)
        }
    }
}
