// SPDX-License-Identifier: MIT
pragma solidity =0.7.6;
pragma abicoder v2;

interface Pool {
    function token0() external view returns (address);
    function token1() external view returns (address);
    function mint(address owner, int24 lower, int24 upper, uint128 liquidity, bytes calldata data)
        external returns (uint256, uint256);
    function burn(int24 lower, int24 upper, uint128 liquidity) external returns (uint256, uint256);
    function collect(address recipient, int24 lower, int24 upper, uint128 most0, uint128 most1)
        external returns (uint128, uint128);
    function swap(address recipient, bool zeroForOne, int256 amount, uint160 limit, bytes calldata data)
        external returns (int256, int256);
    function flash(address recipient, uint256 amount0, uint256 amount1, bytes calldata data) external;
}

interface Token {
    function transfer(address to, uint256 value) external returns (bool);
    function transferFrom(address from, address to, uint256 value) external returns (bool);
}

/// Uses a v3 pool without the position manager, as vaults and bots do. Whoever is named as payer pays, if it
/// approved this contract; anyone may call anything, so it is for local chains only.
contract PoolCaller {
    struct Payment {
        address payer;
        uint256 extra0;
        uint256 extra1;
    }

    function mint(Pool pool, address owner, int24 lower, int24 upper, uint128 liquidity, address payer)
        external returns (uint256, uint256)
    {
        return pool.mint(owner, lower, upper, liquidity, abi.encode(payer));
    }

    /// Takes liquidity out of this contract's own position; liquidity 0 is a poke.
    function burn(Pool pool, int24 lower, int24 upper, uint128 liquidity) external returns (uint256, uint256) {
        return pool.burn(lower, upper, liquidity);
    }

    function collect(Pool pool, address recipient, int24 lower, int24 upper, uint128 most0, uint128 most1)
        external returns (uint128, uint128)
    {
        return pool.collect(recipient, lower, upper, most0, most1);
    }

    /// amount > 0: exact input; amount < 0: exact output.
    function swap(Pool pool, address recipient, bool zeroForOne, int256 amount, uint160 limit, address payer)
        external returns (int256, int256)
    {
        return pool.swap(recipient, zeroForOne, amount, limit, abi.encode(payer));
    }

    /// Borrows, and pays back what was borrowed plus extra0 and extra1 out of the payer's pocket.
    function flash(Pool pool, uint256 amount0, uint256 amount1, uint256 extra0, uint256 extra1, address payer)
        external
    {
        bytes memory data = abi.encode(amount0, amount1, Payment(payer, extra0, extra1));
        pool.flash(address(this), amount0, amount1, data);
    }

    /// Several calls in one transaction, all or none: mint and burn in the same one, for example.
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

    function uniswapV3MintCallback(uint256 owed0, uint256 owed1, bytes calldata data) external {
        address payer = abi.decode(data, (address));
        pay(Pool(msg.sender).token0(), payer, owed0);
        pay(Pool(msg.sender).token1(), payer, owed1);
    }

    function uniswapV3SwapCallback(int256 delta0, int256 delta1, bytes calldata data) external {
        address payer = abi.decode(data, (address));
        if (delta0 > 0) pay(Pool(msg.sender).token0(), payer, uint256(delta0));
        if (delta1 > 0) pay(Pool(msg.sender).token1(), payer, uint256(delta1));
    }

    function uniswapV3FlashCallback(uint256, uint256, bytes calldata data) external {
        (uint256 amount0, uint256 amount1, Payment memory payment) = abi.decode(data, (uint256, uint256, Payment));
        address token0 = Pool(msg.sender).token0();
        address token1 = Pool(msg.sender).token1();
        pay(token0, address(this), amount0);
        pay(token1, address(this), amount1);
        pay(token0, payment.payer, payment.extra0);
        pay(token1, payment.payer, payment.extra1);
    }

    function pay(address token, address payer, uint256 value) private {
        if (value == 0) return;
        if (payer == address(this)) Token(token).transfer(msg.sender, value);
        else Token(token).transferFrom(payer, msg.sender, value);
    }
}
