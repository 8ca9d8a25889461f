// SPDX-License-Identifier: MIT
pragma solidity =0.7.6;
pragma abicoder v2;

interface V2Pair {
    function token0() external view returns (address);
    function token1() external view returns (address);
    function getReserves() external view returns (uint112, uint112, uint32);
    function mint(address to) external returns (uint256);
    function burn(address to) external returns (uint256, uint256);
    function swap(uint256 out0, uint256 out1, address to, bytes calldata data) external;
}

interface V2Token {
    function transfer(address to, uint256 value) external returns (bool);
    function transferFrom(address from, address to, uint256 value) external returns (bool);
}

/// Uses v2 pairs as a router does. Whoever is named as payer pays, if it approved this contract (for tokens and for
/// shares); anyone may call anything, so it is for local chains only. Amounts must be under 2^112.
contract V2Caller {
    /// Deposits the amounts, whatever their ratio; the shares go to `to`.
    function mint(V2Pair pair, uint256 amount0, uint256 amount1, address to, address payer) external {
        pay(pair.token0(), payer, address(pair), amount0);
        pay(pair.token1(), payer, address(pair), amount1);
        pair.mint(to);
    }

    /// Burns shares of the payer; what they are worth goes to `to`.
    function burn(V2Pair pair, uint256 shares, address to, address payer) external {
        V2Token(address(pair)).transferFrom(payer, address(pair), shares);
        pair.burn(to);
    }

    /// amount > 0: exact input; amount < 0: exact output.
    function swap(V2Pair pair, bool zeroForOne, int256 amount, address to, address payer) external {
        (uint256 reserve0, uint256 reserve1, ) = pair.getReserves();
        (uint256 reserveIn, uint256 reserveOut) = zeroForOne ? (reserve0, reserve1) : (reserve1, reserve0);
        uint256 input;
        uint256 output;
        if (amount > 0) {
            input = uint256(amount);
            output = (input * 997 * reserveOut) / (reserveIn * 1000 + input * 997);
        } else {
            output = uint256(-amount);
            input = (reserveIn * output * 1000) / ((reserveOut - output) * 997) + 1;
        }
        pay(zeroForOne ? pair.token0() : pair.token1(), payer, address(pair), input);
        pair.swap(zeroForOne ? 0 : output, zeroForOne ? output : 0, to, "");
    }

    /// Takes the amounts out first and pays within the pair's callback: a flash loan, or a swap of any shape.
    function flash(
        V2Pair pair,
        uint256 out0,
        uint256 out1,
        uint256 in0,
        uint256 in1,
        address payer
    ) external {
        pair.swap(out0, out1, address(this), abi.encode(in0, in1, payer));
        send(pair.token0(), payer, out0);
        send(pair.token1(), payer, out1);
    }

    function uniswapV2Call(address, uint256, uint256, bytes calldata data) external {
        (uint256 in0, uint256 in1, address payer) = abi.decode(data, (uint256, uint256, address));
        pay(V2Pair(msg.sender).token0(), payer, msg.sender, in0);
        pay(V2Pair(msg.sender).token1(), payer, msg.sender, in1);
    }

    /// Several calls in one transaction, all or none.
    function multicall(bytes[] calldata calls) external {
        for (uint256 i = 0; i < calls.length; i++) {
            (bool ok, bytes memory answer) = address(this).delegatecall(calls[i]);
            if (!ok) {
                assembly {
                    revert(add(answer, 32), mload(answer))
                }
            }
        }
    }

    function pay(address token, address payer, address to, uint256 value) private {
        if (value > 0) V2Token(token).transferFrom(payer, to, value);
    }

    function send(address token, address to, uint256 value) private {
        if (value > 0) V2Token(token).transfer(to, value);
    }
}
